/** A change of a connection, before it is told in anybody's words. */
export interface FakeLink {
  readonly state: string
  readonly previous: string
  readonly operation: string
  readonly reason: string
  readonly isResumed: boolean
  readonly isStream: boolean
  readonly channels: readonly string[]
}

/** How an edition of RTM 2.x says what they all have to say. */
export interface RtmDialect {
  readonly isReactNative: boolean
  /** Under which names it adds and removes the listeners of an event. */
  readonly names: (event: string) => { readonly added: string; readonly removed: string }
  readonly link: (link: FakeLink) => readonly (readonly [event: string, payload: unknown])[]
  readonly token: (eventType: string, messageChannels: readonly string[]) => unknown
  /** What it rejects with. */
  readonly refusal: (errorCode: number | undefined, reason: string) => unknown
}

const STATES = ['IDLE', 'CONNECTING', 'CONNECTED', 'DISCONNECTED', 'SUSPENDED', 'FAILED']

const SENTENCES: Readonly<Record<string, string>> = {
  LOGOUT: 'Logout success',
  TOKEN_EXPIRED: 'Token expired',
  SAME_UID_LOGIN: 'The same uid login on another device',
  KICKED_OUT_BY_SERVER: 'Kicked out by server',
}

const NUMBERS: Readonly<Record<string, number>> = {
  LOGIN: 1,
  LOGIN_SUCCESS: 2,
  LOGIN_REJECTED: 5,
  LOGOUT: 7,
  RECONNECT_TIMEOUT: 9,
  RECONNECT_SUCCESS: 10,
  JOIN: 11,
  JOIN_SUCCESS: 12,
  LEAVE: 15,
  INVALID_TOKEN: 16,
  TOKEN_EXPIRED: 17,
  SAME_UID_LOGIN: 27,
  KICKED_OUT_BY_SERVER: 28,
  KEEP_ALIVE_TIMEOUT: 29,
}

/** In a browser, since 2.2.4. */
export const NEWEST: RtmDialect = {
  isReactNative: false,
  names: (event) => ({ added: event, removed: event }),
  link: (link) => [['linkState', linkState(link)]],
  token: (eventType, messageChannels) => ({ eventType, affectedResources: { messageChannels } }),
  refusal: (errorCode, reason) => Object.assign(new Error(reason), { errorCode, reason }),
}

/** In a browser, 2.2.0: the connection is told of twice, and why in a sentence. */
export const BOTH: RtmDialect = {
  ...NEWEST,
  link: (link) => {
    const reason = SENTENCES[link.reason] ?? link.reason
    const event = { ...linkState(link), reason, reasonCode: undefined }
    return [...STATUS_ONLY.link(link), ['linkState', event]]
  },
}

/** In a browser, before 2.2: `status` is all there is, in older words. */
export const STATUS_ONLY: RtmDialect = {
  ...NEWEST,
  link: ({ state, reason }) => {
    const older: Readonly<Record<string, string>> = {
      IDLE: 'DISCONNECTED',
      DISCONNECTED: 'RECONNECTING',
    }
    return [['status', { state: older[state] ?? state, reason }]]
  },
}

/**
 * agora-react-native-rtm 2.2.6: numbers in place of words, plain objects in place of errors, listeners
 * that are added under one name and removed under another.
 */
export const REACT_NATIVE: RtmDialect = {
  isReactNative: true,
  names: (event) => ({ added: `on${event}`, removed: event }),
  link: (link) => [
    [
      'linkState',
      {
        currentState: STATES.indexOf(link.state),
        previousState: STATES.indexOf(link.previous),
        serviceType: link.isStream ? 2 : 1,
        reasonCode: NUMBERS[link.reason] ?? 0,
        reason: '',
        affectedChannels: link.channels,
        isResumed: link.isResumed,
      },
    ],
  ],
  token: (eventType, messageChannels) => ({
    eventType: eventType === 'WILL_EXPIRE' ? 1 : 2,
    affectedResources: { messageChannels },
  }),
  refusal: (errorCode, reason) => {
    const inner = { error: true, reason, operation: 'any', errorCode }
    return { error: true, reason: inner, operation: 'any', errorCode }
  },
}

function linkState({
  state,
  previous,
  operation,
  reason,
  isResumed,
  isStream,
  channels,
}: FakeLink) {
  return {
    currentState: state,
    previousState: previous,
    serviceType: isStream ? 'STREAM' : 'MESSAGE',
    operation,
    reasonCode: reason,
    affectedChannels: channels,
    unrestoredChannels: [],
    isResumed,
  }
}
