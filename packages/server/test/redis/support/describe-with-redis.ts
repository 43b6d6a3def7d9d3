import { describe, expect, it } from 'vitest'

import { HAS_REDIS_SERVER } from './redis-server.ts'

const INSTALL = 'sudo apt-get install -y --no-install-recommends redis-server'

/**
 * Describes tests that need a Redis which they may stop. Without one, the rows are not run and
 * say how to change that; in continuous integration that is a failure.
 */
export function describeWithRedisServer(title: string, body: () => void): void {
  describeIf(HAS_REDIS_SERVER, title, body)
}

/** Describes what needs any Redis: the one of `REDIS_URL`, or one to start. */
export function describeWithRedis(title: string, body: () => void): void {
  describeIf(HAS_REDIS_SERVER || Boolean(process.env['REDIS_URL']), title, body)
}

function describeIf(available: boolean, title: string, body: () => void): void {
  if (available) {
    describe(title, body)
  } else if (process.env['CI'] === 'true') {
    it(`${title}: finds a Redis`, () => expect.fail(`no redis-server here: ${INSTALL}`))
  } else {
    describe.skip(`${title} (not run, there is no Redis: ${INSTALL})`, body)
  }
}
