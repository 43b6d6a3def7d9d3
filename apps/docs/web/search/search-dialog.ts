import type { Found } from '../../site/search/search-options.ts'
import { createFind, type Find } from './find.ts'

let dialog: Promise<HTMLDialogElement> | undefined

/** Opens the search. */
export async function openSearchDialog(): Promise<void> {
  dialog ??= createDialog()
  const opened = await dialog
  if (!opened.open) opened.showModal()
  opened.querySelector('input')?.select()
}

async function createDialog(): Promise<HTMLDialogElement> {
  const find = createFind(await loadIndex())
  const created = document.createElement('dialog')
  created.className = 'search'
  created.setAttribute('aria-label', 'Search')
  created.innerHTML = `<form method="dialog"><label class="unseen" for="question">Search the site</label>
<input id="question" type="search" autocomplete="off" spellcheck="false" placeholder="An error, a word, a question">
<button class="button">Close</button></form><p role="status" class="muted"></p><ol></ol>`
  const input = created.querySelector('input')
  input?.addEventListener('input', () => showFound(created, find, input.value))
  created.addEventListener('keydown', (event) => move(created, event))
  document.body.append(created)
  return created
}

async function loadIndex(): Promise<string> {
  const address = document.querySelector<HTMLLinkElement>('link[rel="search"]')?.href ?? ''
  const module: { readonly default: string } = await import(/* @vite-ignore */ address)
  return module.default
}

function showFound(dialog: HTMLDialogElement, find: Find, question: string): void {
  const found = question.trim() === '' ? [] : find(question)
  const status = dialog.querySelector('[role=status]')
  const isMissing = question.trim() !== '' && found.length === 0
  if (status) status.textContent = isMissing ? 'Nothing found.' : ''
  dialog.querySelector('ol')?.replaceChildren(...found.map(entryOf))
}

function entryOf({ id, page, heading }: Found): HTMLLIElement {
  const entry = document.createElement('li')
  const link = document.createElement('a')
  link.href = `${document.body.dataset['root'] ?? ''}${id}`
  link.textContent = heading === '' ? page : `${page} › ${heading}`
  link.addEventListener('click', () => entry.closest('dialog')?.close())
  entry.append(link)
  return entry
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** The arrows walk through what was found, and Enter in the field opens the first. */
function move(dialog: HTMLDialogElement, event: KeyboardEvent): void {
  const places = [...dialog.querySelectorAll<HTMLElement>('input, li a')]
  const step = STEPS[event.key]
  if (event.key === 'Enter' && document.activeElement === places[0]) {
    event.preventDefault()
    places[1]?.click()
  }
  if (step === undefined) return
  event.preventDefault()
  const index = places.findIndex((place) => place === document.activeElement)
  places[Math.max(0, Math.min(places.length - 1, index + step))]?.focus()
}
