/** What a client tells about its connection, as any version 2.x words it. */
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

/** What a client tells about its token. */
export interface RtmTokenEvent {
  readonly eventType?: string | number
  readonly affectedResources?: { readonly messageChannels?: readonly string[] }
}

/** A {@link RtmLinkEvent} as the newest version words it. @internal */
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

/** Reads a `status` event, which before 2.2 is the only one about the connection. @internal */
export function readStatus({ state, ...event }: RtmLinkEvent = {}): RtmLink {
  // In these versions it means that the client is out and does not come back by itself.
  const currentState = state === 'DISCONNECTED' ? 'IDLE' : (state ?? '')
  return readLink({ ...event, currentState })
}

/** Whether a `token` event is a warning that the token is about to expire. @internal */
export function isWarning({ eventType }: RtmTokenEvent = {}): boolean {
  return eventType === 'WILL_EXPIRE' || eventType === 1
}

/** The channels that the user may no longer read, according to a `token` event. @internal */
export function revokedChannels({ eventType, affectedResources }: RtmTokenEvent = {}): string[] {
  const isRevoked = eventType === 'READ_PERMISSION_REVOKED' || eventType === 2
  return isRevoked ? [...(affectedResources?.messageChannels ?? [])] : []
}
