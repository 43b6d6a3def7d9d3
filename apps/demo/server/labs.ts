import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Judge, SessionView } from '@rtc-token/edge'
import type { KeyRing } from '@rtc-token/server'
import { type AttackResult, runAttacks } from './attacks/attack-board.ts'
import { type Answer, serveRoutes } from './http/demo-routes.ts'
import { type ThrowAwayProject, throwAwayProject } from './project/lab-project.ts'
import { createPolicyLab, type LabQuestion } from './policy-lab/policy-lab.ts'
import { createRotation, type RotationState } from './rotation/rotation.ts'
import { type DropComparison, compareDrops } from './rotation/rotation-drops.ts'
import type { RotationStep } from './rotation/rotation-keys.ts'

/** What the labs are made from. */
export interface LabsOptions {
  /** The stand-in's project. Default: one made up, so that Agora's real one is never touched. */
  readonly project?: ThrowAwayProject
  /** Length of life of the demo's tokens. */
  readonly ttlSeconds: number
  /** The sessions at the edge now. Default none. */
  readonly sessions?: () => readonly SessionView[]
  /** Unix milliseconds, as the edge believes them to be. Default the machine's. */
  readonly edgeClock?: () => number
  /** Unix milliseconds. Default the machine's. */
  readonly clock?: () => number
}

/** What stands behind the policy lab, the attack board and the rotation. */
export interface Labs {
  /** What the demo's endpoint signs with: the keys of the stand-in's project as they are rotated. */
  readonly keys: KeyRing
  /** What the stand-in judges by. */
  readonly judge: Judge
  /** Answers `POST /demo/policy/…`, `/demo/attacks/…` and `/demo/rotation/…`; returns whether it did. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** Reply of the attack board. */
export interface AttackReport {
  readonly results: readonly AttackResult[]
}

/** Reply of the comparison of rotations. */
export interface DropReport {
  readonly comparisons: readonly DropComparison[]
}

/** Creates the labs. */
export function createLabs(options: LabsOptions): Labs {
  const { project = throwAwayProject(), ttlSeconds, sessions = () => [] } = options
  const { clock = Date.now, edgeClock = clock } = options
  const policyLab = createPolicyLab(clock)
  const rotation = createRotation({ project, ttlSeconds, sessions, clock, edgeClock })
  const ask = async (isRenewal: boolean): Promise<RotationState> => {
    await rotation.ask(isRenewal)
    return rotation.state
  }
  const take = (step: RotationStep) => (): RotationState => {
    rotation.take(step)
    return rotation.state
  }
  const routes: Readonly<Record<string, Answer>> = {
    '/demo/policy/ask': (body) => policyLab.ask(questionOf(body)),
    '/demo/attacks/run': async (): Promise<AttackReport> => ({ results: await runAttacks() }),
    '/demo/rotation/state': () => rotation.state,
    '/demo/rotation/add': take('add'),
    '/demo/rotation/turn': take('turn'),
    '/demo/rotation/drop': take('drop'),
    '/demo/rotation/ask': () => ask(false),
    '/demo/rotation/renew': () => ask(true),
    '/demo/rotation/compare': async (): Promise<DropReport> => ({
      comparisons: await compareDrops(),
    }),
  }
  return {
    keys: rotation.keys,
    judge: rotation.judge,
    handle: (request, response) => isLocal(request) && serveRoutes(routes, request, response),
  }
}

// The attack board opens a door on purpose; only this machine may set it off.
function isLocal({ socket }: IncomingMessage): boolean {
  const address = socket.remoteAddress?.replace('::ffff:', '') ?? ''
  return address === '::1' || address.startsWith('127.')
}

function questionOf(body: unknown): LabQuestion {
  if (isObject(body) && typeof body['person'] === 'string' && isObject(body['body'])) {
    return { person: body['person'], body: body['body'] }
  }
  throw new TypeError('person and body expected')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
