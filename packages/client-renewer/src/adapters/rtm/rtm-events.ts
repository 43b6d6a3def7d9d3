/** What a client tells of its connection, in the words of any 2.x. */
export interface RtmLinkEvent {
  /** Since 2.2. Text in a browser, a number on React Native. */
  readonly currentState?: string | number
  /** Until 2.2. */
  readonly state?: string | number
  readonly serviceType?: string | number
  /** A code; until 2.2 the reason is all there is. */
  readonly reasonCode?: string | number
  readonly reason?: string
  readonly affectedChannels?: readonly string[]
  readonly isResumed?: boolean
}

/** What a client tells of its token. */
export interface RtmTokenEvent {
  readonly eventType?: string | number
  readonly affectedResources?: { readonly messageChannels?: readonly string[] }
}

/** A {@link RtmLinkEvent} in the words of the newest. @internal */
export interface RtmLink {
  readonly state: string
  readonly reason: string
  readonly isStream: boolean
  readonly channels: readonly string[]
  readonly isResumed: boolean
}

/** As React Native numbers them. */
const STATES = ['IDLE', 'CONNECTING', 'CONNECTED', 'DISCONNECTED', 'SUSPENDED', 'FAILED']

const REASONS: Readonly<Record<string, string>> = {
  // As React Native numbers them.
  7: 'LOGOUT',
  15: 'LEAVE',
  16: 'INVALID_TOKEN',
  17: 'TOKEN_EXPIRED',
  27: 'SAME_UID_LOGIN',
  28: 'KICKED_OUT_BY_SERVER',
  // As 2.2.0 spells them out.
  'Logout success': 'LOGOUT',
  'Leave channel success': 'LEAVE',
  'Invalid token': 'INVALID_TOKEN',
  'Token expired': 'TOKEN_EXPIRED',
  'The same uid login on another device': 'SAME_UID_LOGIN',
  'Kicked out by server': 'KICKED_OUT_BY_SERVER',
}

/** Reads what `linkState` brings. @internal */
export function readLink(event: RtmLinkEvent): RtmLink {
  const { currentState: state = '', reasonCode = event.reason ?? '', serviceType } = event
  return {
    state: typeof state === 'number' ? (STATES[state] ?? '') : state,
    reason: REASONS[reasonCode] ?? String(reasonCode),
    isStream: serviceType === 'STREAM' || serviceType === 2,
    channels: event.affectedChannels ?? [],
    isResumed: event.isResumed ?? true,
  }
}

/** Reads what `status` brings, which until 2.2 is the only word on the connection. @internal */
export function readStatus({ state, ...event }: RtmLinkEvent): RtmLink {
  // It is out of it then, and comes back only when told to.
  const currentState = state === 'DISCONNECTED' ? 'IDLE' : (state ?? '')
  return readLink({ ...event, currentState })
}

/** Whether `token` says that it is about to end. @internal */
export function isWarning({ eventType }: RtmTokenEvent): boolean {
  return eventType === 'WILL_EXPIRE' || eventType === 1
}

/** The channels that `token` says may no longer be read. @internal */
export function revokedChannels({ eventType, affectedResources }: RtmTokenEvent): string[] {
  const isRevoked = eventType === 'READ_PERMISSION_REVOKED' || eventType === 2
  return isRevoked ? [...(affectedResources?.messageChannels ?? [])] : []
}
