import type { Endpoint } from '../request/endpoint.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import { explainToken, type Explanation } from '@rtc-token/core'

import { MemberReader } from '../wish/member-reader.ts'
import { verifiersOf } from '../keys/project-keys.ts'
import type { KeyedProject } from '../keys/project.ts'
import { Refusal } from '../errors/refusal.ts'
import { jsonReply } from '../http/reply.ts'
import type { BaseSettings, Settings } from '../options/settings.ts'

/** A token, and the channel and user that a client joins with. */
export interface Inspection {
  readonly token: string
  readonly channel?: string
  readonly uid?: number
  readonly account?: string
}

const MEMBERS = ['token', 'channel', 'uid', 'account'] as const satisfies (keyof Inspection)[]

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
  const project = projectOf(projects.all, explainToken(token, expected))
  const keys = await verifiersOf(project, timeoutMs)
  const explanations = keys.map(({ certificate: appCertificate }) =>
    explainToken(token, { ...expected, appId: project.appId, appCertificate }),
  )
  return explanations.find(isSigned) ?? explanations[0]!
}

function projectOf(projects: readonly KeyedProject[], explanation: Explanation): KeyedProject {
  const appId = explanation.kind === 'token' ? explanation.decoded.appId : ''
  return projects.find((project) => project.appId === appId) ?? projects[0]!
}

function isSigned({ findings }: Explanation): boolean {
  return findings.every(({ code }) => code !== 'SIGNATURE_MISMATCH')
}

function readInspection(json: unknown): Inspection {
  const members = new MemberReader(json, MEMBERS)
  if (!members.has('token')) members.fault('invalid_request', 'token', 'is required')
  const inspection = {
    token: members.read('token', text) ?? '',
    ...given('channel', members.read('channel', text)),
    ...given('uid', members.read('uid', whole)),
    ...given('account', members.read('account', text)),
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

function whole(value: unknown): number {
  if (typeof value === 'number') return value
  throw new Refusal('invalid_request', 'a number expected; use account for a string')
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
