import type { Redis } from 'ioredis'

import { type AgoraRest, AgoraRestError } from '../../agora-rest/agora-rest.ts'
import { isA } from '../../errors/thrown.ts'
import { checkKeySet } from './check-key-set.ts'
import { checkPorts } from './check-ports.ts'
import { configWarnings } from '../service/config-warnings.ts'
import { createService, type Service } from '../service/create-service.ts'
import { type Finding, findingOf } from './finding.ts'
import { ignoredVariables } from '../config/foreign-variables.ts'
import { createLogger } from '../service/logger.ts'
import type { Setup } from '../config/setup.ts'
import { shownProjects } from '../service/start-report.ts'

/**
 * Checks everything that the server needs to start: settings, keys, ports, Redis, the key set.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when the settings are invalid
 */
export async function checkSetup(setup: Setup): Promise<readonly Finding[]> {
  const service = await createService(setup, await createLogger({ logLevel: 'silent' }))
  try {
    const { redisUrl, jwtJwksUrl } = setup.config
    return [
      findingOf('ok', 'settings', 'are complete'),
      ...notesOf(setup, service),
      await checkKeys(service),
      ...(await checkPorts(setup.config, service)),
      ...(redisUrl ? [await checkRedis(service.redis)] : []),
      ...(await checkRemovals(service)),
      ...(service.agora ? [await checkAccount(service.agora)] : []),
      ...(jwtJwksUrl === undefined ? [] : [await checkKeySet(jwtJwksUrl)]),
    ]
  } finally {
    service.redis?.disconnect()
  }
}

/** The warnings that a start would log about the settings. */
function notesOf(setup: Setup, service: Service): readonly Finding[] {
  return [
    ...configWarnings(setup, service).map(({ code, detail }) => findingOf('note', code, detail)),
    ...ignoredVariables(setup.env).map(({ variables, reason }) =>
      findingOf('note', `ignored, ${reason}`, variables.join(', ')),
    ),
  ]
}

async function checkKeys({ options }: Service): Promise<Finding> {
  try {
    const projects = await shownProjects(options.project)
    const shown = projects.map(({ appIdTail, signer }) => `${appIdTail} signs with ${signer}`)
    return findingOf('ok', 'keys', shown.join(', '))
  } catch {
    return findingOf('FAIL', 'keys', 'a project has no key to sign with')
  }
}

async function checkRemovals({ handler, options }: Service): Promise<readonly Finding[]> {
  if (!options.removals) return []
  const { removals } = await handler.readiness()
  if (removals === 'ok') return [findingOf('ok', 'removals', 'can be looked up')]
  return [findingOf('FAIL', 'removals', 'cannot be looked up')]
}

async function checkAccount(agora: AgoraRest): Promise<Finding> {
  try {
    const { length } = await agora.bans()
    return findingOf('ok', 'Agora account', `lists ${length} bans`)
  } catch (error) {
    const reason = isA(error, AgoraRestError) ? error.code : 'fails'
    return findingOf('FAIL', 'Agora account', reason)
  }
}

async function checkRedis(redis: Redis | undefined): Promise<Finding> {
  try {
    await redis?.ping()
    return findingOf('ok', 'Redis', 'answers')
  } catch {
    return findingOf('FAIL', 'Redis', 'does not answer at REDIS_URL')
  }
}
