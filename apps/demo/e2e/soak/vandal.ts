import type { TokenServerState } from '../../server/token-server/token-server-state.ts'
import type { Scene } from '../support/scene.ts'
import type { Outages } from './outages.ts'

/** Turns one switch of the page at random; returns what it did, in words. */
export type Vandal = () => Promise<string>

/** The states of the token server with their labels; the good one comes up as often as all bad ones. */
const STATES: readonly (readonly [TokenServerState, string])[] = [
  ['up', 'Up'],
  ['down', 'Down'],
  ['up', 'Up'],
  ['slow', 'Slow'],
  ['up', 'Up'],
  ['429', '429 Too many'],
  ['403', '403 Forbidden'],
]
const REACHABLE: ReadonlySet<TokenServerState> = new Set(['up', 'slow'])

/** Creates a vandal that plays with the switches, and notes what stands in the way of renewals. */
export function createVandal(scene: Scene, random: () => number, outages: Outages): Vandal {
  const { page, press, turnTokenServer } = scene
  const toggled = new Set<string>()
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!

  async function turnServer(): Promise<string> {
    const [state, label] = pick(STATES)
    const isReachable = REACHABLE.has(state)
    if (!isReachable) outages.set('token server', true)
    await turnTokenServer(label)
    // Who was refused for good does not ask again by itself.
    if (isReachable) await renewAll()
    outages.set('token server', !isReachable)
    return `token server ${state}`
  }

  async function renewAll(): Promise<void> {
    for (const name of ['A', 'B']) {
      const hasFailed = await scene.seat(name).getByText('failed', { exact: true }).isVisible()
      if (hasFailed) await press('Renew now', name)
    }
  }

  async function toggle(button: string): Promise<string> {
    const isOn = !toggled.delete(button)
    if (isOn) toggled.add(button)
    if (isOn) outages.set(button, true)
    await press(button)
    outages.set(button, isOn)
    return `${button}: ${isOn ? 'on' : 'off'}`
  }

  async function turnClock(): Promise<string> {
    const options = page.getByRole('group', { name: 'Clock of the edge' }).getByRole('radio')
    const index = pick([1, 1, 2])
    if (index !== 1) outages.set('clock', true)
    await options.nth(index).check()
    outages.set('clock', index !== 1)
    return index === 1 ? 'clock right' : 'clock ahead'
  }

  async function sleep(): Promise<string> {
    const name = pick(['A', 'B'])
    const button = scene.seat(name).getByRole('button', { name: 'Let the tab sleep' })
    // Who is out of the channel has nothing to sleep through.
    if (!(await button.isEnabled())) return `seat ${name} could not sleep`
    await button.click()
    return `seat ${name} slept`
  }

  async function dropLine(): Promise<string> {
    await press('Drop the line once')
    return 'line dropped'
  }

  const toggles = ['Ignore renew_token', 'Cut the line']
  return async () => {
    // What blocks everything is mended soon: else little else would be seen.
    const [stuck] = toggled
    if (stuck && random() < 0.7) return toggle(stuck)
    const turn = pick([turnServer, turnServer, turnServer, sleep, dropLine, turnClock, undefined])
    return turn ? turn() : toggle(pick(toggles))
  }
}
