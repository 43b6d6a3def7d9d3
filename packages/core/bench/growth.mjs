import { createToken, decodeToken, rtc, verifyToken } from '@rtc-token/core'
import { AccessToken2, ServiceRtc } from '@rtc-token/core/builders'
import { inTurns, spread } from './in-turns.mjs'

const SIZES = [1, 10, 100, 1000]
const ROUNDS = 9
const BATCHES = 2

/** @typedef {{ appId: string, appCertificate: string }} Project */

/**
 * What tokens of growing size cost: many services, many privileges of one service, and privileges
 * spread over services, four each.
 *
 * @param {Project} project
 */
export async function measureGrowth(project) {
  return {
    'services, one privilege each': await measureSizes(project, (size) =>
      withServices(project, size, { joinChannel: 600 }),
    ),
    'privileges of one service': await measureSizes(project, (size) =>
      withPrivileges(project, size),
    ),
    'privileges, four a service': await measureSizes(project, (size) =>
      withServices(project, Math.ceil(size / 4), PUBLISHER),
    ),
  }
}

const PUBLISHER = {
  joinChannel: 600,
  publishAudioStream: 500,
  publishVideoStream: 400,
  publishDataStream: 300,
}

/**
 * @param {Project} project
 * @param {number} count
 * @param {Partial<typeof PUBLISHER>} privileges
 * @returns {() => string}
 */
function withServices(project, count, privileges) {
  return () => {
    const services = Array.from({ length: count }, (_, i) =>
      rtc({ channel: `room-${i}`, uid: i + 1, privileges }),
    )
    return createToken({ ...project, ttl: 600, services })
  }
}

/**
 * By way of the builders, as `rtc()` knows four privileges and no more.
 *
 * @param {Project} project
 * @param {number} count
 * @returns {() => string}
 */
function withPrivileges({ appId, appCertificate }, count) {
  return () => {
    const token = new AccessToken2(appId, appCertificate, undefined, 600)
    const service = new ServiceRtc('room-0', 1)
    for (let id = 1; id <= count; id++) service.add_privilege(id, 600)
    token.add_service(service)
    return token.build()
  }
}

/**
 * @param {Project} project
 * @param {(size: number) => () => string} mintOf
 */
async function measureSizes({ appCertificate }, mintOf) {
  const rows = []
  for (const size of SIZES) {
    const mint = mintOf(size)
    const token = mint()
    rows.push({
      size,
      characters: token.length,
      mint: await microseconds(mint),
      decode: await microseconds(() => decodeToken(token)),
      verify: await microseconds(() => verifyToken(token, { appCertificate })),
    })
  }
  return rows
}

/**
 * The mean of several rounds in µs of processor time.
 *
 * @param {() => unknown} work
 */
async function microseconds(work) {
  const pairs = await inTurns([work, work], { rounds: ROUNDS, batches: BATCHES })
  return spread(pairs.flat().map(({ processor }) => processor)).mean
}
