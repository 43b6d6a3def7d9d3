import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastingPort } from '@rtc-token/rehearsal/free-port'
import { withoutNpm } from '@rtc-token/rehearsal/without-npm'
import type { TestContext } from 'vitest'
import { startExample, type Started } from './start-example.ts'

// Of this test: others run at the same time.
export type AtEnd = TestContext['onTestFinished']

/** The life of the tokens. */
export const LIFE_SECONDS = 32

/** What an app says while the server is down. */
export const NO_ENDPOINT = /token endpoint/i

/** The project of the examples' servers. */
export const PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}

// The names of Agora's own quickstart, which its command line tool clones.
const AS_AGORA_WRITES_IT = `NEXT_PUBLIC_AGORA_APP_ID=${PROJECT.appId}
NEXT_AGORA_APP_CERTIFICATE=${PROJECT.appCertificate}
`

/** An example's server that can be started again at the same address. */
export interface RestartableServer {
  readonly started: Started
  readonly start: () => Promise<unknown>
}

/** Starts the server of an example that is installed in a folder. */
export async function startServer(
  folder: string,
  onTestFinished: AtEnd,
): Promise<RestartableServer> {
  writeFileSync(join(folder, '.env.local'), AS_AGORA_WRITES_IT)
  const env = {
    ...withoutNpm(process.env),
    NODE_ENV: undefined, // that of the tests, in which Next reads no `.env.local`
    TICKET_SECRET: 'a secret that outlives the process of the server',
    AGORA_API: 'http://127.0.0.1:9', // no agent comes here, and the call goes on
    BETTER_AUTH_SECRET: 'another secret that outlives the process',
    TOKEN_TTL_SECONDS: String(LIFE_SECONDS),
    PORT: String(await lastingPort()),
  }
  let started: Started = startExample(folder, env)
  onTestFinished(() => started.stop())
  return {
    get started() {
      return started
    },
    start() {
      started = startExample(folder, env)
      return started.printed(/(http:\S+)/)
    },
  }
}
