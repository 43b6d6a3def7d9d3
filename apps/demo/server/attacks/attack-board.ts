import { createTokenHandler } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { type Loot, lootOf, withoutTokens } from './attack-loot.ts'
import type { AttackRequest, AttackRow } from './attack-row.ts'
import { attackRows } from './attack-rows.ts'
import { createDirectory, type Directory, type Person } from '../policy-lab/directory.ts'
import { type ThrowAwayProject, throwAwayProject } from '../project/lab-project.ts'
import { startNaiveEndpoint } from './naive-endpoint.ts'
import { labPolicy } from '../policy-lab/policy-lab-rules.ts'
import { type LoopbackServer, serveOnLoopback } from '../http/serve-on-loopback.ts'
import { stolenFrom } from './stolen-tokens.ts'

/** What one endpoint was sent and what it answered. Tokens and passes are left out. */
export interface AttackAnswer {
  readonly request: AttackRequest
  readonly status: number
  /** Of the problem document; absent from other replies. */
  readonly code?: string
  /** `null` when nothing was given away. */
  readonly loot: Loot | null
}

/** How one attack went at both endpoints. */
export interface AttackResult extends Pick<AttackRow, 'name' | 'why' | 'expected'> {
  readonly ours: AttackAnswer
  readonly naive: AttackAnswer
  /** Whether ours answered as expected and gave nothing away. */
  readonly isHeld: boolean
}

/**
 * Runs every attack over HTTP against a token handler and against a naive endpoint. Both listen on
 * loopback while it runs, and sign for projects that exist on this machine only.
 */
export async function runAttacks(): Promise<readonly AttackResult[]> {
  const project = throwAwayProject()
  const directory = createDirectory()
  const { authorization = '' } = directory.credentialsOf('lin')
  const ours = await startHandler(project, directory)
  const naive = await startNaiveEndpoint()
  const rows = attackRows({ authorization, tokens: stolenFrom(project) })
  try {
    return await Promise.all(rows.map((row) => attack(row, ours.url, naive.url, authorization)))
  } finally {
    await Promise.all([ours.close(), naive.close()])
  }
}

async function attack(
  { name, why, expected, request, naive }: AttackRow,
  oursUrl: string,
  naiveUrl: string,
  pass: string,
): Promise<AttackResult> {
  const [answer, naiveAnswer] = await Promise.all([
    send(oursUrl, request, pass),
    send(naiveUrl, naive, pass),
  ])
  const { status, code, loot } = answer
  const isHeld = status === expected.status && code === expected.code && loot === null
  return { name, why, expected, ours: answer, naive: naiveAnswer, isHeld }
}

async function send(url: string, request: AttackRequest, pass: string): Promise<AttackAnswer> {
  const { method, path, headers, body } = request
  const init = { method, headers, ...(body !== undefined && { body }) }
  const response = await fetch(`${url}${path}`, init)
  const text = await response.text()
  const code = codeOf(text)
  return {
    request: withoutSecrets(request, pass),
    status: response.status,
    ...(code !== undefined && { code }),
    loot: lootOf(text),
  }
}

function codeOf(text: string): string | undefined {
  if (text === '') return undefined
  const { code }: { readonly code?: string } = JSON.parse(text)
  return code
}

function withoutSecrets(request: AttackRequest, pass: string): AttackRequest {
  return JSON.parse(withoutTokens(JSON.stringify(request).replaceAll(pass, 'Bearer (Lin’s pass)')))
}

function startHandler(project: ThrowAwayProject, directory: Directory): Promise<LoopbackServer> {
  const handler = createTokenHandler<Person>({
    project,
    authenticate: directory.find,
    authorize: labPolicy,
    services: ['rtc', 'rtm'],
    compat: { routes: 'agora-token-service' },
    onError: () => undefined,
  })
  const listener = toNodeListener(handler)
  return serveOnLoopback((request, response) => void listener(request, response))
}
