import type { Severity } from '@rtc-token/core'

interface RuleText {
  readonly severity: Severity
  /** What was expected, as the start of the message. */
  readonly expected: string
  readonly remedy: string
}

/** Every rule: its severity, what it expects, and the remedy. `docs/scan.md` has a section for each. */
export const RULES = {
  'moment-as-length': {
    severity: 'fatal',
    expected: 'Expected a length of time in seconds',
    remedy: 'Pass the length alone, such as 3600: it counts from when the token is made.',
  },
  'length-as-moment': {
    severity: 'fatal',
    expected: 'Expected the timestamp at which the token ends, in Unix seconds',
    remedy: 'Pass Math.floor(Date.now() / 1000) + 3600, or use a builder that takes lengths.',
  },
  'life-at-module-load': {
    severity: 'fatal',
    expected: 'Expected a timestamp that is computed for each token',
    remedy:
      'Compute it in the function that makes the token: after an hour, this one makes tokens that have already ended.',
  },
  'certificate-literal': {
    severity: 'fatal',
    expected: 'Expected a certificate from the environment or a vault',
    remedy:
      'Read it from the environment, and replace it in the console: what is in a repository is no longer secret.',
  },
  'certificate-published': {
    severity: 'fatal',
    expected: 'Expected a name that no bundler publishes for a certificate',
    remedy:
      'Call it AGORA_APP_CERTIFICATE, read it on the server only, and replace it in the console if a page was ever built with it.',
  },
  'uid-any': {
    severity: 'warning',
    expected: 'Expected a uid from 1 to 4294967295',
    remedy:
      'Check the uid before it is signed: a token for uid 0 admits every user, and NaN becomes the account "NaN".',
  },
  'open-route': {
    severity: 'fatal',
    expected: 'Expected a check of the caller before a token is signed',
    remedy:
      'Authenticate the caller, answer only POST, and sign only what your server knows this caller may have.',
  },
  'wish-from-query': {
    severity: 'warning',
    expected: 'Expected a channel and a role that the server decides',
    remedy:
      'Treat what the caller asks for as a wish: look up whether this user may be in this channel, and in which role.',
  },
  'deep-import': {
    severity: 'warning',
    expected: 'Expected an import of what the package exports',
    remedy: 'Import from the package itself: files inside it move without notice.',
  },
  'drop-in': {
    severity: 'info',
    expected: 'Expected the drop-in of @rtc-token/core, which is installed',
    remedy: 'Change only the import: it makes the same tokens, faster, and warns of mistakes.',
  },
  'no-did-expire': {
    severity: 'warning',
    expected: 'Expected a handler for the end of the token beside renewToken',
    remedy:
      'Handle token-privilege-did-expire: get a new token and join again. @rtc-token/client-renewer does.',
  },
  'old-token-renewed': {
    severity: 'fatal',
    expected: 'Expected a new token for renewToken',
    remedy: 'Fetch a new token from your server in the handler, and pass that.',
  },
  'ignore-without-reason': {
    severity: 'warning',
    expected: 'Expected a rule and a reason after rtc-token-ignore',
    remedy: 'Write: rtc-token-ignore uid-any: the lobby is open to everyone',
  },
} as const satisfies Readonly<Record<string, RuleText>>

/** The name of a rule, as comments name it. */
export type RuleName = keyof typeof RULES

/** The code of a rule in findings. */
export function codeOf(rule: RuleName): string {
  return rule.toUpperCase().replaceAll('-', '_')
}

/** The URL that explains a rule. */
export function pageOf(rule: RuleName): string {
  return `https://rtc-token.github.io/rtc-token/scan#${rule}`
}
