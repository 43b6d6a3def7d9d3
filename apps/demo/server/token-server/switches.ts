import type { Edge } from '@rtc-token/edge'
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
  /** Puts this uid out and keeps it out. */
  readonly ban?: number
  readonly liftBans?: true
}

/** The switches of the page. */
export interface Switches {
  readonly state: SwitchState
  /** @throws {TypeError} when a change is malformed, or is for an edge that does not exist */
  readonly change: (changes: unknown) => void
}

type Apply = (value: unknown) => Partial<SwitchState>

/** Creates the switches, all off. Those of the edge need one: Agora's cloud cannot be broken. */
export function createSwitches(endpoint: TokenEndpoint, edge: Edge | undefined): Switches {
  const edgeState = { ...EDGE_AT_REST }
  const appliers: Readonly<Record<string, Apply>> = {
    tokenServer(value) {
      endpoint.state = check('tokenServer', value, isTokenServerState)
      return {}
    },
    ...(edge && edgeAppliers(edge, () => edgeState.banned)),
  }
  return {
    get state() {
      return { tokenServer: endpoint.state, ...edgeState }
    },
    change(changes) {
      for (const [name, value] of Object.entries(check('changes', changes, isObject))) {
        const apply = Object.hasOwn(appliers, name) ? appliers[name] : undefined
        if (!apply) throw new TypeError(`a switch expected, got ${JSON.stringify(name)}`)
        Object.assign(edgeState, apply(value))
      }
    },
  }
}

const NO_UIDS: readonly number[] = []
const EDGE_AT_REST: Omit<SwitchState, 'tokenServer'> = {
  ignoresRenewals: false,
  isLineCut: false,
  aheadSeconds: 0,
  banned: NO_UIDS,
}

function edgeAppliers(
  edge: Edge,
  banned: () => readonly number[],
): Readonly<Record<Exclude<keyof SwitchChanges, 'tokenServer'>, Apply>> {
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
    ban(value) {
      const uid = check('ban', value, isFinite)
      edge.ban({ uid })
      return { banned: [...banned(), uid] }
    },
    liftBans() {
      edge.unban()
      return { banned: NO_UIDS }
    },
  }
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
