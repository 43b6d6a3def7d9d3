/** Opens the search by its button, by `/`, and by Ctrl and K; it is loaded when it is first opened. */
export function addSearch(): void {
  const button = document.querySelector<HTMLButtonElement>('#open-search')
  if (!button) return
  button.hidden = false
  button.addEventListener('click', open)
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
