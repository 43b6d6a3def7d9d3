import type { Edge } from '@rtc-token/edge'
import type { UserBans } from '@rtc-token/server'
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
  /** Puts this uid out, and refuses it new tokens until bans are lifted. */
  readonly ban?: number
  readonly liftBans?: true
}

/** The switches of the page. */
export interface Switches {
  readonly state: SwitchState
  /** Rejects with a TypeError when a change is malformed, or is for an edge that does not exist */
  readonly change: (changes: unknown) => Promise<void>
}

type Apply = (value: unknown) => Partial<SwitchState> | Promise<Partial<SwitchState>>

/** Creates the switches, all off. Those of the edge need one: Agora's cloud cannot be broken. */
export function createSwitches(endpoint: TokenEndpoint, edge: Edge | undefined): Switches {
  const edgeState = { ...EDGE_AT_REST }
  const appliers: Readonly<Record<string, Apply>> = {
    tokenServer(value) {
      endpoint.state = check('tokenServer', value, isTokenServerState)
      return {}
    },
    ...(edge && edgeAppliers(edge, endpoint, () => edgeState.banned)),
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

function edgeAppliers(
  edge: Edge,
  { remove, readmit }: TokenEndpoint,
  banned: () => readonly number[],
): Readonly<Record<Exclude<keyof SwitchChanges, 'tokenServer'>, Apply>> {
  // Where an app has createAgoraRest().
  const rest: UserBans = {
    ban: async ({ uid = 0 }) => edge.ban({ uid }),
    unban: async () => edge.unban(),
  }
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
    async ban(value) {
      const uid = check('ban', value, isFinite)
      await remove({ uid, seconds: BAN_SECONDS, reason: 'Ban was pressed', rest })
      return { banned: [...banned(), uid] }
    },
    async liftBans() {
      for (const uid of banned()) await readmit({ uid, rest })
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
