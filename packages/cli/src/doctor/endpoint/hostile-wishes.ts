import type { Severity } from '@rtc-token/core'
import type { Wish } from './dialect.ts'
import type { Loot } from './loot.ts'

/** A wish that must not be granted. */
export interface HostileWish {
  /** What is true if it is refused. */
  readonly name: string
  readonly code: string
  readonly needs: keyof Wish
  readonly wish: (now: number) => Partial<Wish>
  /** Whether the token in the reply is a fault, and not a harmless one. */
  readonly isFault: (loot: Loot, isAuthenticated: boolean) => boolean
  readonly severity: Severity
  readonly message: string
  readonly remedy: string
}

const DAY_SECONDS = 86_400
const POLICY = 'Take it from what your server knows about the caller.'

/** The wishes that a safe endpoint refuses for every caller. */
export const HOSTILE_WISHES: readonly HostileWish[] = [
  {
    name: 'refuses the channel *',
    code: 'ENDPOINT_SIGNS_WILDCARD',
    needs: 'channel',
    wish: () => ({ channel: '*' }),
    isFault: ({ channel }) => channel === '*' || channel === '' || channel === '(006)',
    severity: 'fatal',
    message: 'It signs the channel "*", which Agora reads as every channel',
    remedy: 'Refuse names outside the alphabet of channels; checkChannel of @rtc-token/core does.',
  },
  {
    name: 'refuses a blank channel',
    code: 'ENDPOINT_SIGNS_BLANK_CHANNEL',
    needs: 'channel',
    wish: () => ({ channel: '' }),
    isFault: ({ channel }) => channel === '',
    severity: 'fatal',
    message: 'It signs a blank channel, which Agora reads as every channel',
    remedy: 'Refuse it; checkChannel of @rtc-token/core does.',
  },
  {
    name: 'refuses uid 0',
    code: 'ENDPOINT_SIGNS_ANY_USER',
    needs: 'uid',
    wish: () => ({ uid: '0' }),
    isFault: ({ user }) => user === '',
    severity: 'fatal',
    message: 'It signs uid 0, which every user may use',
    remedy: POLICY,
  },
  {
    name: 'refuses uid 4294967296',
    code: 'ENDPOINT_WRAPS_UID',
    needs: 'uid',
    wish: () => ({ uid: '4294967296' }),
    isFault: ({ user }) => user === '' || user === '4294967296' || user === '(006)',
    severity: 'warning',
    message:
      'It signs uid 4294967296, which no SDK can join with, and which some builders wrap to uid 0',
    remedy: 'Accept only whole numbers from 1 to 4294967295.',
  },
  {
    name: 'refuses text as a uid',
    code: 'ENDPOINT_SIGNS_TEXT_AS_UID',
    needs: 'uid',
    wish: () => ({ uid: 'rtc-token-doctor' }),
    isFault: ({ user }) =>
      user === '' || user === 'NaN' || user === 'undefined' || user === '(006)',
    severity: 'fatal',
    message:
      'It turns text into uid 0, which every user may use: parseInt gives NaN, and NaN becomes 0',
    remedy: 'Check that the uid is a number before it is signed; checkUid of @rtc-token/core does.',
  },
  {
    name: 'does not take the role from the caller',
    code: 'ENDPOINT_TAKES_ROLE',
    needs: 'role',
    wish: () => ({ role: 'publisher' }),
    isFault: ({ isPublisher }, isAuthenticated) => isPublisher && !isAuthenticated,
    severity: 'fatal',
    message: 'A caller without credentials who asks to publish may publish',
    remedy: POLICY,
  },
  {
    name: 'refuses a timestamp as a length of time',
    code: 'ENDPOINT_TAKES_MOMENT_AS_LIFE',
    needs: 'ttl',
    wish: (now) => ({ ttl: String(Math.floor(now) + 600) }),
    isFault: ({ writtenSeconds, endsAt, issuedAt }) =>
      Math.max(writtenSeconds, endsAt - issuedAt) > 7200,
    severity: 'warning',
    message:
      'A timestamp sent as a length of time makes a token that lives for the 24 hours that Agora allows',
    remedy: 'Refuse lengths above 86400, and say which unit you expect.',
  },
  {
    name: 'refuses a life of a week',
    code: 'ENDPOINT_SIGNS_A_WEEK',
    needs: 'ttl',
    wish: () => ({ ttl: '604800' }),
    isFault: ({ writtenSeconds }) => writtenSeconds > DAY_SECONDS,
    severity: 'warning',
    message:
      'It signs a life of a week, but Agora ends the token after 24 hours: the page is told the wrong end',
    remedy: 'Limit the life to what a session needs, at most 86400 seconds.',
  },
]
