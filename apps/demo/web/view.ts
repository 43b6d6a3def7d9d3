/** How a state or a line of the log is to be taken. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain'

/** The buttons of the page, by id. */
export type ButtonName = 'join' | 'leave' | 'publish' | 'down' | 'up'

/** A state that is shown in a badge, by id. */
export type BadgeName = 'connection' | 'phase' | 'endpoint'

/** Puts a text into the element with this id. */
export function showText(id: 'about' | 'user' | 'tokens' | 'endpoint-switch', text: string): void {
  element(id).textContent = text
}

/** Shows a state in its badge. */
export function showBadge(id: BadgeName, text: string, tone: Tone): void {
  const badge = element(id)
  badge.textContent = text
  badge.dataset['tone'] = tone
}

/** Shows how much of the present token's life is left. */
export function showLife(remainingMs: number | undefined, lifeMs: number): void {
  const left = Math.max(0, remainingMs ?? 0)
  const text =
    remainingMs === undefined ? 'none' : left === 0 ? 'over' : `${Math.ceil(left / 1000)} s`
  element('left').textContent = text
  element('life').setAttribute('value', String(lifeMs > 0 ? left / lifeMs : 0))
  element('life').setAttribute('aria-valuetext', text)
}

/** Makes a button usable or not. */
export function enable(name: ButtonName, isEnabled: boolean): void {
  element(name).toggleAttribute('disabled', !isEnabled)
}

/** Shows which of a pair of buttons stands for what is the case; both can be pressed. */
export function showPressed(name: ButtonName, isPressed: boolean): void {
  element(name).setAttribute('aria-pressed', String(isPressed))
}

/** Runs `action` at each press of a button. */
export function onPress(name: ButtonName, action: () => void): void {
  element(name).addEventListener('click', action)
}

/** Puts a line on top of the log. Returns how to change its text. */
export function addToLog(text: string, tone: Tone = 'plain'): (text: string) => void {
  const line = document.createElement('li')
  const time = document.createElement('time')
  const what = document.createElement('span')
  time.textContent = new Date().toLocaleTimeString()
  what.textContent = text
  what.dataset['tone'] = tone
  line.append(time, what)
  element('log').prepend(line)
  return (text) => {
    what.textContent = text
  }
}

/** Puts a line on top of the log, and says it to who listens to the page. */
export function announce(text: string, tone: Tone): void {
  addToLog(text, tone)
  element('news').textContent = text
}

function element(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`#${id}`)
  if (!found) throw new Error(`The page has no element #${id}.`)
  return found
}
