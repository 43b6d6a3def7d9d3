import type { Config } from '../config/config.ts'
import { type Setting, SETTING_NAMES, SETTINGS, variablesOf } from '../config/settings-table.ts'

const INTRODUCTION = `Usage: rtc-token-server [options]
       rtc-token-server remove  --uid 7 [--channel room-42] [--seconds 3600 | --until 1800000000]
       rtc-token-server readmit --uid 7 [--channel room-42]

Serves tokens for Agora: POST /v1/tokens, GET /healthz, GET /readyz, GET /v1/openapi.json.
Two variables are enough:

  AGORA_PROJECT="<App ID>:<App Certificate>" RTC_TOKEN_JWT_SECRET="<32 characters or more>"

Options:
  --config <file>   JSON with settings, or a module (.mjs, .js; .ts where Node reads it) that exports
                    settings and options of createTokenHandler, such as authorize
  --check           check everything that a start needs, print the result, exit with 0 or 1
  --print-config    print the effective settings, without secrets
  --help, --version

remove keeps a user out of every server with the same settings and the same Redis, and readmit lifts that:
  --uid, --account  the user of the token; or --subject, the user of the JWT (its claim sub)
  --channel         applies to calls only; default: every channel
  --services        list of rtc, rtm, chat; default: rtc with a channel, otherwise all
  --seconds         from now, or --until in Unix seconds; default: until every token already issued has ended
  --reason          for your own audit log

SIGTERM, SIGINT and SIGHUP let requests finish and stop the server; a second SIGTERM or SIGINT ends it
at once.

Settings: variables, with the member of a config file in brackets.
In a variable, separate the items of a list with commas:
`

/** The output of \`--help\`. @internal */
export function helpText(): string {
  return INTRODUCTION + SETTING_NAMES.map(entryOf).join('')
}

/** The default of a setting in words; empty if there is no default. @internal */
export function defaultOf(name: keyof Config): string {
  const { fallback, unset = '' }: Setting<unknown> = SETTINGS[name]
  // Spelled as in a variable: words without quotes, lists without brackets.
  return fallback === undefined ? unset : JSON.stringify(fallback).replaceAll(/["[\]]/g, '')
}

function entryOf(name: keyof Config): string {
  const { isSecret, about, kind }: Setting<unknown> = SETTINGS[name]
  const member = isSecret ? '' : ` (${name})`
  const standard = defaultOf(name)
  return (
    [
      `\n  ${variablesOf(name).join(' or ')}${member}`,
      about,
      `Values: ${kind.expected}${standard === '' ? '' : `. Default: ${standard}`}`,
    ].join('\n      ') + '\n'
  )
}
