import type { Endpoint } from '../request/endpoint.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import {
  type ExplainExpectations,
  explainToken,
  type Explanation,
  type GrantsByName,
} from '@rtc-token/core'

import { MemberReader } from '../wish/member-reader.ts'
import { type KeyedProject, verifiersOf } from '../keys/project.ts'
import { Refusal } from '../errors/refusal.ts'
import { jsonReply } from '../http/reply.ts'
import type { BaseSettings, Settings } from '../options/settings.ts'

/** The argument of `handler.inspect`: a token, and optionally what the client joins with. */
export interface Inspection extends Pick<
  ExplainExpectations,
  'service' | 'channel' | 'uid' | 'account' | 'userId'
> {
  /** A token of any version. Anything else is explained too. */
  readonly token: string
}

const MEMBERS = [
  'token',
  'service',
  'channel',
  'uid',
  'account',
  'userId',
] as const satisfies (keyof Inspection)[]

/** The services that an inspection can ask about. @internal */
export const DOORS: readonly (keyof GrantsByName)[] = [
  'rtc',
  'rtm',
  'rtm2',
  'chat',
  'streaming',
  'fcdn',
  'fpa',
  'apaas',
  'convoAI',
  'stt',
]

/** `POST …/v1/tokens/inspect`: explains why a token is refused. It has an authenticator of its own. @internal */
export function inspectEndpoint<S>(
  settings: Settings<S>,
  hook: Authenticator<unknown>,
): Endpoint<S> {
  return {
    name: 'inspect',
    methods: ['POST'],
    authenticate: hook,
    async answer({ requestId }, _found, { json }) {
      const explanation = await inspectToken(settings, readInspection(json()))
      return jsonReply({ ...printable(explanation), requestId }, requestId)
    },
  }
}

/**
 * Explains a token with the keys of its project and the clock of this server. During a rotation either
 * certificate may have signed it; if neither did, the explanation is that for the first.
 *
 * @internal
 */
export async function inspectToken(
  { projects, clock, timeoutMs }: BaseSettings,
  { token, ...names }: Inspection,
): Promise<Explanation> {
  const expected = { ...names, now: clock() / 1000 }
  const asked = projectsOf(projects.all, explainToken(token, expected)).map(async (project) => {
    const keys = await verifiersOf(project, timeoutMs)
    return keys.map(({ certificate: appCertificate }) =>
      explainToken(token, { ...expected, appId: project.appId, appCertificate }),
    )
  })
  const explanations = (await Promise.all(asked)).flat()
  return explanations.find(isSwapped) ?? explanations.find(isSigned) ?? explanations[0]!
}

/** The project of a token; all projects for any other App ID, which may be a certificate of one of them. */
function projectsOf(
  projects: readonly KeyedProject[],
  explanation: Explanation,
): readonly KeyedProject[] {
  const appId = explanation.kind === 'token' ? explanation.decoded.appId : ''
  const own = projects.find((project) => project.appId === appId)
  return own ? [own] : projects
}

function isSwapped({ findings }: Explanation): boolean {
  return findings.some(({ code }) => code === 'APP_ID_IS_CERTIFICATE')
}

function isSigned({ findings }: Explanation): boolean {
  return findings.every(({ code }) => code !== 'SIGNATURE_MISMATCH')
}

function readInspection(json: unknown): Inspection {
  const members = new MemberReader(json, MEMBERS)
  if (!members.has('token')) members.fault('invalid_request', 'token', 'is required')
  const inspection = {
    token: members.read('token', text) ?? '',
    ...given('service', members.read('service', door)),
    ...given('channel', members.read('channel', text)),
    ...given('uid', members.read('uid', uidOrNull)),
    ...given('account', members.read('account', text)),
    ...given('userId', members.read('userId', text)),
  }
  members.finish()
  return inspection
}

function given<N extends string, V>(name: N, value: V | undefined): { readonly [K in N]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [K in N]: V }) // oxlint-disable-line typescript/no-unsafe-type-assertion -- an object with one known member
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  throw new Refusal('invalid_request', 'a string expected')
}

function door(value: unknown): keyof GrantsByName {
  const found = DOORS.find((name) => name === value)
  if (found) return found
  throw new Refusal('invalid_request', `one of ${DOORS.join(', ')} expected`)
}

// An SDK that joins without a uid is given `null`.
function uidOrNull(value: unknown): number | null {
  if (typeof value === 'number' || value === null) return value
  throw new Refusal('invalid_request', 'a number or null expected; use account for a string')
}

// The content of an unknown service is bytes, which JSON would write as one number each.
function printable(explanation: Explanation): object {
  const text = JSON.stringify(explanation, (_name, value: unknown) =>
    value instanceof Uint8Array ? btoa(lettersOf(value)) : value,
  )
  return JSON.parse(text) as object // oxlint-disable-line typescript/no-unsafe-type-assertion -- the input is an object
}

// Byte by byte: a token of 300 characters can inflate to more bytes than a call takes arguments.
function lettersOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
