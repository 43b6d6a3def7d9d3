import { SDK_ERRORS, type SdkErrorMeaning, type SdkName } from '@rtc-token/core/sdk-errors'
import type { Page } from '../page.ts'
import { sdkErrorPath } from '../sdk-error-path.ts'
import { SEE_ALSO, WITH_REASON } from '../search/search-index.ts'

const SDK_TITLES: Readonly<Record<SdkName, string>> = {
  web: 'Web',
  native: 'Native',
  rtm: 'RTM 2.x',
  'rtm-v1': 'RTM 1.x',
  chat: 'Chat',
  rest: 'REST',
}

/** The SDKs by the names that people search for. */
const SDK_WORDS: Readonly<Record<SdkName, string>> = {
  web: '`agora-rtc-sdk-ng` (Web)',
  native: 'The SDKs for phones and desktops (Android, iOS, Flutter, React Native, Electron, Unity)',
  rtm: '`agora-rtm-sdk` 2.x (Signaling)',
  'rtm-v1': '`agora-rtm-sdk` 1.x',
  chat: '`agora-chat`',
  rest: "Agora's HTTP APIs",
}

/** Errors that the same SDKs say. */
export interface SdkGroup {
  readonly title: string
  readonly errors: readonly SdkErrorMeaning[]
}

/** The whole table behind `explainSdkError`. */
export const SDK_GROUPS: readonly SdkGroup[] = [...new Set(SDK_ERRORS.map(titleOf))].map(
  (title) => ({ title, errors: SDK_ERRORS.filter((error) => titleOf(error) === title) }),
)

function titleOf({ sdks }: SdkErrorMeaning): string {
  return sdks.map((sdk) => SDK_TITLES[sdk]).join(' and ')
}

/** The page of an error of an SDK. Its title is the text as the SDK prints it. */
export function sdkErrorPage(error: SdkErrorMeaning): Omit<Page, 'source' | 'parent'> {
  const { says, sdks, meaning, remedy, cause, platformErrors, source } = error
  const who = sdks.map((sdk) => SDK_WORDS[sdk]).join(' and ')
  const verb = /^(?:The SDKs|Agora)|\band\b/.test(who) ? 'report' : 'reports'
  const markdown = [
    `${who} ${verb} this. Cause: \`${cause}\`.`,
    meaning,
    '## What to do',
    remedy,
    ...(platformErrors.some(isOfToken) ? [LOOK] : []),
    ...withReason(error),
    ...(cause in REASONS ? [usualReasons(cause)] : sameCause(error)),
    `Known from: ${source.startsWith('https:') ? `<${source}>` : source}${sdks.includes('native') ? OF_ALL_NATIVE : ''}.`,
  ].join('\n\n')
  const words = platformErrors.map((number) => `error ${number}`).join(' ')
  return { path: sdkErrorPath(error), title: says, markdown, words }
}

const OF_ALL_NATIVE = '; the other native SDKs share its engine'

const LOOK =
  'Paste the error and the token into the [token inspector](site:inspector): it finds the fault.'

/** Sections of the page about refused tokens, by causes. */
const REASONS: Readonly<Record<string, string>> = {
  TOKEN_MISSING: '#no-token-is-passed',
  TOKEN_REFUSED: '',
  TOKEN_REFUSED_OR_MISSING: '',
  TOKEN_ENDED: '#it-has-expired',
  TOKEN_ENDED_OR_REFUSED: '',
  TOKEN_OF_OTHER_CHANNEL: '#another-channel',
  TOKEN_OF_OTHER_USER: '#another-user',
  TOKEN_OF_OTHER_APP: '#another-project',
  // Of Signaling alone.
  TOKEN_SIGNATURE: '#a-token-for-a-call-in-signaling',
  TOKEN_WITHOUT_RIGHT: '#a-token-for-a-call-in-signaling',
}

function usualReasons(cause: string): string {
  return `The usual reasons: [Why is a token refused?](site:refused${REASONS[cause]})`
}

/** Whether there is a token to look at: 120 says that there is none. */
function isOfToken(platformError: number): boolean {
  return platformError !== 120
}

/** Links from an error without a reason to the same error with one. */
function withReason(error: SdkErrorMeaning): readonly string[] {
  const longer = SDK_ERRORS.filter((it) => isWithReason(it, error))
  return longer.length > 0 ? [`## ${WITH_REASON}`, longer.map(linkTo).join('\n')] : []
}

function isWithReason({ says }: SdkErrorMeaning, error: SdkErrorMeaning): boolean {
  return says.startsWith(`${error.says}: `) || says.startsWith(`${error.says}, `)
}

/** Links to errors with the same cause; the list of errors has the rest. */
const MOST = 2

function sameCause(error: SdkErrorMeaning): readonly string[] {
  const others = SDK_ERRORS.filter((it) => isKin(it, error)).slice(0, MOST)
  if (others.length === 0) return []
  return [`## ${SEE_ALSO}`, others.map(linkTo).join('\n')]
}

function isKin(it: SdkErrorMeaning, error: SdkErrorMeaning): boolean {
  return it.cause === error.cause && it !== error && !isWithReason(it, error)
}

function linkTo(error: SdkErrorMeaning): string {
  const sdks = error.sdks.map((sdk) => SDK_TITLES[sdk]).join(', ')
  return `- [${error.says}](site:${sdkErrorPath(error)}) (${sdks})`
}
