import { addHeaderButton } from '../header-button.ts'

/** Opens the search by its button, by `/`, and by Ctrl and K; it is loaded when it is first opened. */
export function addSearch(): void {
  const key = document.createElement('kbd')
  key.textContent = '/'
  addHeaderButton('Search ', open).append(key)
  document.addEventListener('keydown', (event) => {
    if (!opensSearch(event)) return
    event.preventDefault()
    open()
  })
}

function open(): void {
  void import('./search-dialog.ts').then(({ openSearchDialog }) => openSearchDialog())
}

function opensSearch(event: KeyboardEvent): boolean {
  if (event.key === 'k') return event.ctrlKey || event.metaKey
  const { activeElement } = document
  const isWriting = activeElement?.matches('input, textarea, select') === true
  return event.key === '/' && !isWriting
}
