import type { Edge } from '@rtc-token/edge'
import type { Outcome, UserBans } from '@rtc-token/server'
import type { TokenEndpoint } from './token-endpoint.ts'
import { isTokenServerState, type TokenServerState } from './token-server-state.ts'

/** What is broken now. */
export interface SwitchState {
  readonly tokenServer: TokenServerState
  /** The edge does not answer `renew_token`. */
  readonly ignoresRenewals: boolean
  /** No line to the edge comes about. */
  readonly isLineCut: boolean
  /** How far the edge's clock is ahead, in seconds; negative when it is behind. */
  readonly aheadSeconds: number
  /** Who may not be in the channel, by uid. */
  readonly banned: readonly number[]
}

/** What to break or to mend. What is not named stays as it is. */
export interface SwitchChanges {
  readonly tokenServer?: TokenServerState
  readonly ignoresRenewals?: boolean
  /** Cutting also drops the lines there are. */
  readonly isLineCut?: boolean
  readonly aheadSeconds?: number
  /** Drops all lines once; they may come back at once. */
  readonly dropLines?: true
  /** Puts this uid out, and refuses it new tokens until it is readmitted. */
  readonly ban?: number
  readonly readmit?: number
  /** Stops the token server and starts it again. */
  readonly restart?: true
}

/** The switches of the page. */
export interface Switches {
  readonly state: SwitchState
  /** Rejects with a TypeError when a change is malformed, or is for an edge that does not exist */
  readonly change: (changes: unknown) => Promise<void>
}

type Apply = (value: unknown) => Partial<SwitchState> | Promise<Partial<SwitchState>>

/** Creates the switches, all off. Those of the edge need one: Agora's cloud cannot be broken. */
export function createSwitches(
  endpoint: TokenEndpoint,
  edge: Edge | undefined,
  rest: UserBans | undefined,
): Switches {
  const edgeState = { ...EDGE_AT_REST }
  const appliers: Readonly<Record<string, Apply>> = {
    tokenServer(value) {
      endpoint.state = check('tokenServer', value, isTokenServerState)
      return {}
    },
    restart() {
      endpoint.restart()
      return {}
    },
    ...(edge && edgeAppliers(edge)),
    ...(rest && moderation(endpoint, rest, () => edgeState.banned)),
  }
  return {
    get state() {
      return { tokenServer: endpoint.state, ...edgeState }
    },
    async change(changes) {
      for (const [name, value] of Object.entries(check('changes', changes, isObject))) {
        const apply = Object.hasOwn(appliers, name) ? appliers[name] : undefined
        if (!apply) throw new TypeError(`a switch expected, got ${JSON.stringify(name)}`)
        Object.assign(edgeState, await apply(value))
      }
    },
  }
}

// The tokens of the demo live for a minute, and a ban shall last until it is lifted.
const BAN_SECONDS = 86_400
const NO_UIDS: readonly number[] = []
const EDGE_AT_REST: Omit<SwitchState, 'tokenServer'> = {
  ignoresRenewals: false,
  isLineCut: false,
  aheadSeconds: 0,
  banned: NO_UIDS,
}

type Appliers<Name extends keyof SwitchChanges> = Readonly<Record<Name, Apply>>

function edgeAppliers(
  edge: Edge,
): Appliers<'ignoresRenewals' | 'isLineCut' | 'aheadSeconds' | 'dropLines'> {
  return {
    ignoresRenewals(value) {
      const ignoresRenewals = check('ignoresRenewals', value, isBoolean)
      edge.faults.set({ swallowRenewals: ignoresRenewals })
      return { ignoresRenewals }
    },
    isLineCut(value) {
      const isLineCut = check('isLineCut', value, isBoolean)
      edge.faults.set({ cutLines: isLineCut })
      if (isLineCut) edge.dropConnections()
      return { isLineCut }
    },
    aheadSeconds(value) {
      const aheadSeconds = check('aheadSeconds', value, isFinite)
      edge.skewClock(aheadSeconds * 1000)
      return { aheadSeconds }
    },
    dropLines() {
      edge.dropConnections()
      return {}
    },
  }
}

function moderation(
  endpoint: TokenEndpoint,
  rest: UserBans,
  banned: () => readonly number[],
): Appliers<'ban' | 'readmit'> {
  return {
    async ban(value) {
      const uid = check('ban', value, isFinite)
      const removal = { uid, seconds: BAN_SECONDS, reason: 'Ban was pressed', rest }
      const { refusal, ban } = await endpoint.remove(removal)
      requireHeld('New tokens are not refused', refusal)
      requireHeld('Agora has not put the user out', ban)
      return { banned: [...banned(), uid] }
    },
    async readmit(value) {
      const uid = check('readmit', value, isFinite)
      const { ban } = await endpoint.readmit({ uid, rest })
      requireHeld('Agora has not lifted the ban', ban)
      return { banned: banned().filter((one) => one !== uid) }
    },
  }
}

function requireHeld(otherwise: string, outcome: Outcome | undefined): void {
  if (outcome?.held === false) throw new Error(otherwise, { cause: outcome.error })
}

function check<T>(name: string, value: unknown, is: (value: unknown) => value is T): T {
  if (is(value)) return value
  throw new TypeError(`${name}: another value expected, got ${JSON.stringify(value)}`)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
