import type { Severity } from '@rtc-token/core'

interface RuleText {
  readonly severity: Severity
  /** What was expected, as the start of a sentence that says what arrived. */
  readonly expected: string
  readonly remedy: string
}

/** Every rule: how bad it is, what is expected, what to do. `docs/scan.md` has a section for each. */
export const RULES = {
  'moment-as-length': {
    severity: 'fatal',
    expected: 'A length of time in seconds was expected',
    remedy: 'Pass the length alone, such as 3600: the token starts to count when it is made.',
  },
  'length-as-moment': {
    severity: 'fatal',
    expected: 'The timestamp at which the token ends was expected, in Unix seconds',
    remedy: 'Pass Math.floor(Date.now() / 1000) + 3600, or use a builder that takes lengths.',
  },
  'life-at-module-load': {
    severity: 'fatal',
    expected: 'A timestamp that is computed for each token was expected',
    remedy:
      'Compute it in the function that makes the token: after an hour this one makes tokens that have ended.',
  },
  'certificate-literal': {
    severity: 'fatal',
    expected: 'A certificate from the environment or a vault was expected',
    remedy:
      'Read it from the environment, and replace it in the console: what is in a repository is known.',
  },
  'certificate-published': {
    severity: 'fatal',
    expected: 'A name that no bundler publishes was expected for a certificate',
    remedy:
      'Call it AGORA_APP_CERTIFICATE, read it on the server only, and replace it in the console if a page was ever built with it.',
  },
  'uid-any': {
    severity: 'warning',
    expected: 'A uid from 1 to 4294967295 was expected',
    remedy:
      'Check the uid before it is signed; uid 0, and NaN which becomes 0, make tokens that every user may use.',
  },
  'open-route': {
    severity: 'fatal',
    expected: 'A check of the caller was expected before a token is signed',
    remedy:
      'Authenticate the caller, answer POST only, and sign what your server knows that this caller may have.',
  },
  'wish-from-query': {
    severity: 'warning',
    expected: 'A channel and a role that the server decides were expected',
    remedy:
      'Take what the caller asks for as a wish: look up whether this user may be in this channel, and in which role.',
  },
  'deep-import': {
    severity: 'warning',
    expected: 'An import of what the package exports was expected',
    remedy: 'Import from the package itself: files inside it move without notice.',
  },
  'drop-in': {
    severity: 'info',
    expected: '@rtc-token/core is installed and has a drop-in for this package',
    remedy:
      'Change the import and nothing else: it makes the same tokens faster, and tells mistakes.',
  },
  'no-did-expire': {
    severity: 'warning',
    expected: 'A handler for the end of the token was expected beside renewToken',
    remedy:
      'Handle token-privilege-did-expire: get a new token and join again. @rtc-token/client-renewer does.',
  },
  'old-token-renewed': {
    severity: 'fatal',
    expected: 'A new token was expected by renewToken',
    remedy: 'Fetch a new token from your server in the handler, and pass that.',
  },
  'ignore-without-reason': {
    severity: 'warning',
    expected: 'A rule and a reason were expected behind rtc-token-ignore',
    remedy: 'Write: rtc-token-ignore uid-any: the lobby is open to everyone',
  },
} as const satisfies Readonly<Record<string, RuleText>>

/** The name of a rule, as comments name it. */
export type RuleName = keyof typeof RULES

/** The code of a rule in findings. */
export function codeOf(rule: RuleName): string {
  return rule.toUpperCase().replaceAll('-', '_')
}

/** Where a rule is explained. */
export function pageOf(rule: RuleName): string {
  return `https://rtc-token.github.io/rtc-token/scan#${rule}`
}
