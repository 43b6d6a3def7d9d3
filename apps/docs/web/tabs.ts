/** Shows one tab of each box of tabs, the same in all boxes that have it. */
export function addTabs(): void {
  for (const box of document.querySelectorAll<HTMLElement>('.tabs')) addTabList(box)
}

interface Tab {
  readonly name: string
  readonly panel: HTMLElement
  readonly button: HTMLButtonElement
}

const CHOSEN = 'rtc-token-tab'

function addTabList(box: HTMLElement): void {
  const list = document.createElement('div')
  list.setAttribute('role', 'tablist')
  list.setAttribute('aria-label', 'Variants')
  const tabs = [...box.querySelectorAll<HTMLElement>('.tab')].map(tabOf)
  list.append(...tabs.map(({ button }) => button))
  box.prepend(list)
  list.addEventListener('keydown', (event) => move(tabs, event))
  document.addEventListener(CHOSEN, (event) => {
    if (event instanceof CustomEvent) choose(tabs, String(event.detail))
  })
  choose(tabs, tabs[0]?.name ?? '')
}

let count = 0

function tabOf(panel: HTMLElement): Tab {
  const name = panel.getAttribute('aria-label') ?? ''
  const button = document.createElement('button')
  const id = `tab-${(count += 1)}`
  Object.assign(button, { type: 'button', id, textContent: name })
  button.setAttribute('role', 'tab')
  panel.setAttribute('role', 'tabpanel')
  panel.setAttribute('aria-labelledby', id)
  button.addEventListener('click', () =>
    document.dispatchEvent(new CustomEvent(CHOSEN, { detail: name })),
  )
  return { name, panel, button }
}

function choose(tabs: readonly Tab[], name: string): void {
  if (!tabs.some((tab) => tab.name === name)) return
  for (const { name: own, panel, button } of tabs) {
    panel.hidden = own !== name
    button.setAttribute('aria-selected', String(own === name))
    button.tabIndex = own === name ? 0 : -1
  }
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

function move(tabs: readonly Tab[], event: KeyboardEvent): void {
  const step = STEPS[event.key]
  if (step === undefined) return
  const index = tabs.findIndex(({ button }) => button === document.activeElement)
  const next = tabs[(index + step + tabs.length) % tabs.length]
  next?.button.focus()
  next?.button.click()
}
