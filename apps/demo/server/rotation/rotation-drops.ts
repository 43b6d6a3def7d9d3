import { throwAwayProject } from '../project/lab-project.ts'
import { createRotationEndpoint, ROTATION_SEAT, type EndpointAnswer } from './rotation-endpoint.ts'
import { createRotationJudge } from './rotation-judge.ts'
import { createRotatingKeys } from './rotation-keys.ts'

/** How something went. */
export interface DropOutcome {
  readonly isGood: boolean
  readonly text: string
}

/** One question, answered for a rotation with an overlap and for one without. */
export interface DropComparison {
  readonly question: string
  readonly kept: DropOutcome
  readonly early: DropOutcome
}

const TTL_SECONDS = 3600
const QUESTIONS = [
  'A user shows the token of the old key to Agora: at a join, or when the line broke',
  'The user’s token is renewed with the token of the old key as proof',
  'The user asks for a token without a proof',
  'Agora is shown the token that came of it',
] as const

/**
 * Rotates two throw-away projects: one keeps the old key until its tokens have ended, the other drops
 * it at once.
 */
export async function compareDrops(): Promise<readonly DropComparison[]> {
  const [kept, early] = await Promise.all([rotate(false), rotate(true)])
  return QUESTIONS.map((question, index) => ({
    question,
    kept: kept[index] ?? NONE,
    early: early[index] ?? NONE,
  }))
}

const NONE: DropOutcome = { isGood: false, text: 'no answer' }

async function rotate(isTooEarly: boolean): Promise<readonly DropOutcome[]> {
  const { appId, appCertificate } = throwAwayProject()
  const clock = Date.now
  const keys = createRotatingKeys({ appCertificate, ttlSeconds: TTL_SECONDS, clock })
  const endpoint = createRotationEndpoint({
    appId,
    keys: keys.ring,
    ttlSeconds: TTL_SECONDS,
    clock,
  })
  const judge = createRotationJudge({ keys, clock })
  const { token: old = '' } = await endpoint.ask()
  keys.take('add')
  keys.take('turn')
  if (isTooEarly) keys.dropTooEarly()
  const shown = (token: string): DropOutcome => {
    const verdict = judge(token, { appId, ...ROTATION_SEAT })
    const text = verdict.accepted ? 'Let in' : `Turned away: ${verdict.reason}`
    return { isGood: verdict.accepted, text }
  }
  const fresh = await endpoint.ask()
  return [shown(old), told(await endpoint.ask(old)), told(fresh), shown(fresh.token ?? '')]
}

function told({ status, code }: EndpointAnswer): DropOutcome {
  return { isGood: status === 200, text: code === undefined ? `${status}` : `${status} ${code}` }
}
