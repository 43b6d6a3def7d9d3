import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import {
  SETTING_NAMES,
  SETTINGS,
  VARIABLE_NAMES,
} from '../../src/standalone/config/settings-table.ts'
import { blocksOf } from './support/compose-file.ts'
import { type Instruction, readDockerfile } from './support/dockerfile.ts'

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../docker/${name}`, import.meta.url)), 'utf8')

const SECRET_VARIABLES = SETTING_NAMES.filter((name) => SETTINGS[name].isSecret).map(
  (name) => SETTINGS[name].variable,
)
// To close what is still open, and to end.
const MARGIN_SECONDS = 1
const SECRET_NAME = /SECRET|CERTIFICATE|PASSWORD|TOKEN|PROJECT|REDIS_URL|_KEY/i

/** What is wrong with an image made so. */
function faultsOf(instructions: readonly Instruction[]): readonly string[] {
  const last = instructions.at(-1)?.stage ?? 0
  const final = instructions.filter(({ stage }) => stage === last)
  const user = final.findLast(({ name }) => name === 'USER')?.rest ?? 'root'
  const health = final.find(({ name }) => name === 'HEALTHCHECK')?.rest ?? ''
  return [
    ...instructions
      .filter(({ name, rest }) => /^(ARG|ENV)$/.test(name) && SECRET_NAME.test(rest))
      .map(({ name, rest }) => `${name} ${rest}: a secret`),
    ...instructions
      .filter(({ name, rest }) => name === 'FROM' && !/^\S+:[\w.-]+/.test(rest))
      .map(({ rest }) => `FROM ${rest}: no version`),
    ...(last === 0 ? ['one stage'] : []),
    ...(/^(root|0)\b/.test(user) ? ['runs as root'] : []),
    ...(health.includes('CMD ["node"') && health.includes('/healthz') ? [] : ['no health check']),
    ...(final.some(({ name, rest }) => name === 'COPY' && !rest.includes('--from='))
      ? ['takes files of the machine that builds']
      : []),
  ]
}

/** Services that Compose refuses to start: it copies what is no file into their file system. */
function unwritableOf(text: string): readonly string[] {
  const file = blocksOf(text)
  const secrets = blocksOf(file.get('secrets') ?? '')
  const isCopied = (name: string) => !blocksOf(secrets.get(name) ?? '').has('file')
  return [...blocksOf(file.get('services') ?? '')]
    .map(([name, block]) => [name, blocksOf(block)] as const)
    .filter(([, service]) => service.get('read_only') === 'true')
    .filter(([, service]) => (service.get('secrets')?.match(/\w+/g) ?? []).some(isCopied))
    .map(([name]) => name)
}

describe('the Dockerfile', () => {
  const instructions = readDockerfile(read('Dockerfile'))

  it.each(['Dockerfile', 'from-npm.Dockerfile'])(
    '%s keeps secrets out and is unprivileged',
    (name) => {
      expect(faultsOf(readDockerfile(read(name)))).toEqual([])
    },
  )

  it('makes the same image from npm as from the repository', () => {
    const ends = ['Dockerfile', 'from-npm.Dockerfile'].map((name) =>
      readDockerfile(read(name)).slice(-7),
    )
    expect(ends[0]?.map(({ name, rest }) => `${name} ${rest}`)).toEqual(
      ends[1]?.map(({ name, rest }) => `${name} ${rest}`),
    )
  })

  it('would be found at fault otherwise', () => {
    const text = 'FROM node\nARG AGORA_PROJECT\nENV A=1 \\\n  JWT_SECRET=x\nCOPY . .\n'
    expect(faultsOf(readDockerfile(text))).toHaveLength(7)
  })

  it('starts the program of the package', () => {
    expect(instructions.at(-1)).toMatchObject({
      name: 'ENTRYPOINT',
      rest: '["node", "node_modules/@rtc-token/server/dist/standalone/main.js"]',
    })
  })

  it.each([
    [200, 0],
    [503, 1],
  ])('has a health check that takes %i from healthz for exit code %i', async (status, exitCode) => {
    const { rest = '' } = instructions.find(({ name }) => name === 'HEALTHCHECK') ?? {}
    const [, ...args] = JSON.parse(rest.slice(rest.indexOf('['))) as string[]
    const server = createServer((req, res) => {
      res.writeHead(req.url === '/healthz' ? status : 404).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const PORT = typeof address === 'object' ? String(address?.port) : ''
    const [code] = await once(spawn(process.execPath, args, { env: { PORT } }), 'exit')
    server.closeAllConnections()
    server.close()
    expect(code).toBe(exitCode)
  })

  it('sends no secrets to the builder', () => {
    expect(read('Dockerfile.dockerignore').split('\n')).toContain('**/.env*')
  })
})

describe('the compose file', () => {
  const text = read('compose.yaml')

  it('has replicas that share a Redis', () => {
    expect(text).toMatch(/replicas: [2-9]/)
    expect(text).toContain('REDIS_URL: redis://redis:6379')
  })

  it('sets nothing that the server does not know', () => {
    const set = [...text.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name)
    expect(set.length).toBeGreaterThan(3)
    expect(VARIABLE_NAMES).toEqual(expect.arrayContaining(set))
  })

  it('shows metrics to other containers', () => {
    expect(text).toMatch(/^ +RTC_TOKEN_METRICS_HOST: '0\.0\.0\.0'$/m)
  })

  it('passes on secrets as files', () => {
    const inline = SECRET_VARIABLES.filter((name) => name !== 'REDIS_URL')
    for (const name of inline) expect(text).not.toMatch(new RegExp(`^ +${name}:`, 'm'))
  })

  // https://github.com/docker/compose/issues/12303
  it('lets secrets be copied into the file system', () => {
    expect(text).toMatch(/^ +secrets: \[agora_project, jwt_secret\]$/m)
    expect(unwritableOf(text)).toEqual([])
  })

  it('would be found at fault otherwise', () => {
    const readOnly = text.replace(/^( +)cap_drop/m, '$1read_only: true # sic\n$1cap_drop')
    expect(unwritableOf(readOnly)).toEqual(['tokens'])
    expect(unwritableOf(readOnly.replaceAll(/^( +)environment: (\w+)$/gm, '$1file: $2'))).toEqual(
      [],
    )
  })

  it('waits for a server that drains', () => {
    const seconds = Number(/stop_grace_period: (\d+)s/.exec(text)?.[1])
    const { drainSeconds, graceSeconds } = SETTINGS
    expect(seconds).toBeGreaterThan(drainSeconds.fallback + graceSeconds.fallback + MARGIN_SECONDS)
  })
})
