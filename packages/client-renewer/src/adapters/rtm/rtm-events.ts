/** An event about a client's connection, in the words of any version 2.x. */
export interface RtmLinkEvent {
  /** Since 2.2. A string in a browser, a number on React Native. */
  readonly currentState?: string | number
  /** Until 2.2. */
  readonly state?: string | number
  readonly serviceType?: string | number
  /** A code. Before 2.2 there is only `reason`. */
  readonly reasonCode?: string | number
  readonly reason?: string
  readonly affectedChannels?: readonly string[]
  readonly isResumed?: boolean
}

/** An event about a client's token. */
export interface RtmTokenEvent {
  readonly eventType?: string | number
  readonly affectedResources?: { readonly messageChannels?: readonly string[] }
}

/** A {@link RtmLinkEvent} in the words of the newest version. @internal */
export interface RtmLink {
  readonly state: string
  readonly reason: string
  readonly isStream: boolean
  readonly channels: readonly string[]
  readonly isResumed: boolean
}

/** The numbers of React Native. */
const STATES = ['IDLE', 'CONNECTING', 'CONNECTED', 'DISCONNECTED', 'SUSPENDED', 'FAILED']

const REASONS: Readonly<Record<string, string>> = {
  // The numbers of React Native.
  7: 'LOGOUT',
  15: 'LEAVE',
  16: 'INVALID_TOKEN',
  17: 'TOKEN_EXPIRED',
  27: 'SAME_UID_LOGIN',
  28: 'KICKED_OUT_BY_SERVER',
  // The texts of 2.2.0.
  'Logout success': 'LOGOUT',
  'Leave channel success': 'LEAVE',
  'Invalid token': 'INVALID_TOKEN',
  'Token expired': 'TOKEN_EXPIRED',
  'The same uid login on another device': 'SAME_UID_LOGIN',
  'Kicked out by server': 'KICKED_OUT_BY_SERVER',
}

/** Reads a `linkState` event. @internal */
export function readLink(event: RtmLinkEvent = {}): RtmLink {
  const { currentState: state = '', reasonCode = event.reason ?? '', serviceType } = event
  return {
    state: typeof state === 'number' ? (STATES[state] ?? '') : state,
    reason: REASONS[reasonCode] ?? String(reasonCode),
    isStream: serviceType === 'STREAM' || serviceType === 2,
    channels: event.affectedChannels ?? [],
    isResumed: event.isResumed ?? true,
  }
}

/** Reads a `status` event, the only one about the connection before 2.2. @internal */
export function readStatus({ state, ...event }: RtmLinkEvent = {}): RtmLink {
  // In these versions, it means that the client does not reconnect by itself.
  const currentState = state === 'DISCONNECTED' ? 'IDLE' : (state ?? '')
  return readLink({ ...event, currentState })
}

/** Checks whether a `token` event warns that the token is about to expire. @internal */
export function isWarning({ eventType }: RtmTokenEvent = {}): boolean {
  return eventType === 'WILL_EXPIRE' || eventType === 1
}

/** Returns the channels that the user may no longer read, according to a `token` event. @internal */
export function revokedChannels({ eventType, affectedResources }: RtmTokenEvent = {}): string[] {
  const isRevoked = eventType === 'READ_PERMISSION_REVOKED' || eventType === 2
  return isRevoked ? [...(affectedResources?.messageChannels ?? [])] : []
}
