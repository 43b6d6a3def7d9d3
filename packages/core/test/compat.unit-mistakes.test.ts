import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as compat006 from '../src/compat/agora-access-token.ts'
import * as compat007 from '../src/compat/agora-token.ts'
import { strict } from '../src/compat/strict.ts'
import { decodeToken } from '../src/index.ts'
import { bundleProgram } from './support/bundle-program.ts'

const ids = ['970CA35de60c44645bbae8a215061b33', '5CFd2fd1755d40ecb72977518be15d3b'] as const
const STATE = Symbol.for('@rtc-token/core/compat')
const NOW = Math.floor(Date.now() / 1000)
const ABSOLUTE = 'RTC_TOKEN_TTL_LOOKS_ABSOLUTE'
const RELATIVE = 'RTC_TOKEN_TIMESTAMP_LOOKS_RELATIVE'

type Build = (...args: readonly unknown[]) => string
type Row = readonly [builder: string, name: string, args: Readonly<Record<string, unknown>>]

const forRole = { channelName: 'room', uid: 7, role: 1, tokenExpire: 600, privilegeExpire: 600 }
const forPrivileges = {
  channelName: 'room',
  uid: 7,
  tokenExpire: 600,
  joinChannelPrivilegeExpire: 600,
  pubAudioPrivilegeExpire: 600,
  pubVideoPrivilegeExpire: 600,
  pubDataStreamPrivilegeExpire: 600,
}
const forBoth = {
  channelName: 'room',
  rtcAccount: 'alice',
  rtcRole: 1,
  rtcTokenExpire: 600,
  joinChannelPrivilegeExpire: 600,
  pubAudioPrivilegeExpire: 600,
  pubVideoPrivilegeExpire: 600,
  pubDataStreamPrivilegeExpire: 600,
  rtmUserId: 'alice',
  rtmTokenExpire: 600,
}

/** Every function of agora-token that takes a length of time. */
const FUNCTIONS_007: readonly Row[] = [
  ['RtcTokenBuilder', 'buildTokenWithUid', forRole],
  ['RtcTokenBuilder', 'buildTokenWithUserAccount', forRole],
  ['RtcTokenBuilder', 'buildTokenWithRtm', { ...forRole, uid: 'alice' }],
  ['RtcTokenBuilder', 'buildTokenWithUidAndPrivilege', forPrivileges],
  ['RtcTokenBuilder', 'BuildTokenWithUserAccountAndPrivilege', forPrivileges],
  ['RtcTokenBuilder', 'buildTokenWithRtm2', forBoth],
  ['ConvoAITokenBuilder', 'buildToken', forBoth],
  ['SttTokenBuilder', 'buildToken', forBoth],
  ['RtmTokenBuilder', 'buildToken', { userId: 'alice', expire: 600 }],
  [
    'RtmTokenBuilder',
    'buildTokenWithPermissions',
    { userId: 'alice', permissions: undefined, expire: 600 },
  ],
  ['ChatTokenBuilder', 'buildUserToken', { userId: 'alice', expire: 600 }],
  ['ChatTokenBuilder', 'buildAppToken', { expire: 600 }],
  [
    'ApaasTokenBuilder',
    'buildRoomUserToken',
    { roomUuid: 'room', userUuid: 'alice', role: 1, expire: 600 },
  ],
  ['ApaasTokenBuilder', 'buildUserToken', { userUuid: 'alice', expire: 600 }],
  ['ApaasTokenBuilder', 'buildAppToken', { expire: 600 }],
  [
    'EducationTokenBuilder',
    'buildRoomUserToken',
    { roomUuid: 'room', userUuid: 'alice', role: 1, expire: 600 },
  ],
  ['EducationTokenBuilder', 'buildUserToken', { userUuid: 'alice', expire: 600 }],
  ['EducationTokenBuilder', 'buildAppToken', { expire: 600 }],
]

const ARGUMENTS_007 = FUNCTIONS_007.flatMap(([builder, name, args]) =>
  Object.keys(args)
    .filter((key) => key.toLowerCase().endsWith('expire'))
    .map((key) => [builder, name, key, args] as const),
)

const rtc006 = { channelName: 'room', uid: 7, role: 1, privilegeExpiredTs: 3600 }
const FUNCTIONS_006: readonly Row[] = [
  ['RtcTokenBuilder', 'buildTokenWithUid', rtc006],
  ['RtcTokenBuilder', 'buildTokenWithAccount', { ...rtc006, uid: 'alice' }],
  ['RtmTokenBuilder', 'buildToken', { account: 'alice', role: 1, privilegeExpiredTs: 3600 }],
]

/** Calls a function with one of its arguments changed. */
function call(module: object, [builder, name, args]: Row, change: object = {}): string {
  const build = (module as Record<string, Record<string, Build>>)[builder]![name]!
  return build(...ids, ...Object.values({ ...args, ...change }))
}

/** What was warned of, as a process gets it. */
function warnings(): readonly { message: string; code: string }[] {
  return emitted.mock.calls.map(([message, options]) => ({
    message: String(message),
    code: (options as unknown as { code: string }).code,
  }))
}

let emitted: ReturnType<typeof spyOnWarnings>
const spyOnWarnings = () => vi.spyOn(process, 'emitWarning').mockReturnValue()

beforeEach(() => {
  emitted = spyOnWarnings()
})

afterEach(() => {
  Reflect.deleteProperty(globalThis, STATE)
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('compat/agora-token', () => {
  it('is tested with every function of it that takes a length of time', () => {
    const functions = Object.entries(compat007).flatMap(([builder, value]) =>
      builder.endsWith('Builder') ? Object.keys(value).map((name) => `${builder}.${name}`) : [],
    )
    const tested = FUNCTIONS_007.map(([builder, name]) => `${builder}.${name}`)
    expect([...tested, 'FpaTokenBuilder.buildToken'].toSorted()).toEqual(functions.toSorted())
  })

  it.each(ARGUMENTS_007)('%s.%s warns of a timestamp as %s', (builder, name, key, args) => {
    expect(call(compat007, [builder, name, args], { [key]: NOW + 3600 })).toMatch(/^007/)
    expect(warnings()).toEqual([{ message: expect.stringContaining(`${key}: `), code: ABSOLUTE }])
    expect(warnings()[0]!.message).toMatch(/a length of time in seconds.*such as 3600/)
  })

  it('takes a timestamp in text for one', () => {
    call(compat007, FUNCTIONS_007[0]!, { tokenExpire: String(NOW + 3600) })
    expect(warnings()).toMatchObject([{ code: ABSOLUTE }])
  })

  it.each([0, 1, 600, 86_400, 999_999_999])('does not warn of %s seconds', (seconds) => {
    for (const row of FUNCTIONS_007) call(compat007, row)
    call(compat007, FUNCTIONS_007[0]!, { tokenExpire: seconds, privilegeExpire: seconds })
    expect(warnings()).toEqual([])
  })

  it('warns once', () => {
    for (const [builder, name, key, args] of ARGUMENTS_007) {
      call(compat007, [builder, name, args], { [key]: NOW })
    }
    expect(warnings()).toHaveLength(1)
  })

  it('signs what was asked for all the same', () => {
    const token = call(compat007, FUNCTIONS_007[0]!, { tokenExpire: NOW + 3600 })
    expect(decodeToken(token)).toMatchObject({ expiresIn: NOW + 3600 })
  })

  it('does not look at lengths where the App ID is wrong', () => {
    const { buildTokenWithUid } = compat007.RtcTokenBuilder
    expect(buildTokenWithUid('', ids[1], 'room', 7, 1, NOW)).toBe('')
    expect(warnings()).toEqual([])
  })

  it('names neither App ID, App Certificate, channel nor user', () => {
    call(compat007, FUNCTIONS_007[0]!, { channelName: 'secret', uid: 4711, tokenExpire: NOW })
    for (const part of [...ids, 'secret', '4711']) {
      expect(warnings()[0]!.message).not.toContain(part)
    }
  })
})

describe('compat/agora-access-token', () => {
  it.each(FUNCTIONS_006)('%s.%s warns of a length of time', (...row) => {
    expect(call(compat006, row)).toMatch(/^006/)
    expect(warnings()).toEqual([
      { message: expect.stringContaining('privilegeExpiredTs: '), code: RELATIVE },
    ])
    expect(warnings()[0]!.message).toContain('Math.floor(Date.now() / 1000) + 3600')
  })

  it.each([0, undefined, NOW - 60, NOW + 3600])('does not warn of %s', (privilegeExpiredTs) => {
    for (const row of FUNCTIONS_006) call(compat006, row, { privilegeExpiredTs })
    expect(warnings()).toEqual([])
  })

  it('warns once, and apart from compat/agora-token', () => {
    for (const row of [...FUNCTIONS_006, ...FUNCTIONS_006]) call(compat006, row)
    call(compat007, FUNCTIONS_007[0]!, { tokenExpire: NOW })
    expect(warnings().map(({ code }) => code)).toEqual([RELATIVE, ABSOLUTE])
  })
})

describe.each([
  ['strict()', strict],
  ['RTC_TOKEN_STRICT=1', () => vi.stubEnv('RTC_TOKEN_STRICT', '1')],
])('%s', (_, beStrict) => {
  it.each(ARGUMENTS_007)('makes %s.%s refuse a timestamp as %s', (builder, name, key, args) => {
    beStrict()
    const build = () => call(compat007, [builder, name, args], { [key]: NOW + 3600 })
    expect(build).toThrow(
      expect.objectContaining({
        name: 'TokenError',
        code: 'TTL_LOOKS_ABSOLUTE',
        message: expect.stringContaining(`${key}: `),
      }),
    )
    expect(warnings()).toEqual([])
  })

  it.each(FUNCTIONS_006)('makes %s.%s refuse a length of time', (...row) => {
    beStrict()
    expect(() => call(compat006, row)).toThrow(
      expect.objectContaining({ name: 'TokenError', code: 'CLAIM_INVALID' }),
    )
  })

  it('lets everything else through', () => {
    beStrict()
    for (const row of FUNCTIONS_007) expect(call(compat007, row)).toMatch(/^007/)
    for (const row of FUNCTIONS_006) {
      expect(call(compat006, row, { privilegeExpiredTs: NOW + 3600 })).toMatch(/^006/)
    }
  })
})

describe('RTC_TOKEN_STRICT', () => {
  it.each(['', '0', 'false'])('%j only warns', (value) => {
    vi.stubEnv('RTC_TOKEN_STRICT', value)
    expect(call(compat007, FUNCTIONS_007[0]!, { tokenExpire: NOW })).toMatch(/^007/)
    expect(warnings()).toHaveLength(1)
  })
})

describe('where there is no process', () => {
  const denied = new Proxy(
    {},
    {
      get() {
        throw new Error('no access to the environment')
      },
    },
  )

  it.each([
    ['none', undefined],
    ['one that cannot warn', { env: {} }],
    ['one without variables', {}],
    ['one whose variables must not be read', { env: denied }],
  ])('prints the warning once: %s', (_, process) => {
    const print = vi.spyOn(console, 'warn').mockReturnValue()
    vi.stubGlobal('process', process)
    call(compat007, FUNCTIONS_007[0]!, { tokenExpire: NOW })
    call(compat007, FUNCTIONS_007[0]!, { tokenExpire: NOW })
    call(compat006, FUNCTIONS_006[0]!)
    const lines = print.mock.calls.map(([line]) => String(line))
    expect(lines).toEqual([
      expect.stringContaining(`[${ABSOLUTE}]`),
      expect.stringContaining(`[${RELATIVE}]`),
    ])
  })
})

describe('a process', () => {
  let folder: string
  const source = (path: string) => JSON.stringify(join(import.meta.dirname, '../src/compat', path))
  const build = `
    for (const tokenExpire of [${NOW + 3600}, ${NOW + 7200}]) {
      const args = ['${ids.join("', '")}', 'room', 7, 1, tokenExpire]
      console.log(RtcTokenBuilder.buildTokenWithUid(...args).slice(0, 3))
    }`

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unit-mistakes-'))
    const warns = `import { RtcTokenBuilder } from ${source('agora-token.ts')}\n${build}`
    await writeFile(join(folder, 'warns.mjs'), await bundleProgram(warns))
    // In a bundle of its own, as frameworks bundle what runs first and what answers requests.
    const begins = `import { strict } from ${source('strict.ts')}\nstrict()`
    await writeFile(join(folder, 'begins.mjs'), await bundleProgram(begins))
    await writeFile(join(folder, 'strict.mjs'), `import './begins.mjs'\nimport './warns.mjs'`)
  })

  afterAll(() => rm(folder, { recursive: true }))

  function run(file: string, env: object = {}) {
    const options = { cwd: folder, env: { ...process.env, ...env } }
    return promisify(execFile)(process.execPath, [file], options)
  }

  it('warns once, with a code', async () => {
    const { stdout, stderr } = await run('warns.mjs')
    expect(stdout).toBe('007\n007\n')
    expect(stderr.match(/\[RTC_TOKEN_TTL_LOOKS_ABSOLUTE\]/g)).toHaveLength(1)
  })

  it('ends where it is strict', async () => {
    await expect(run('warns.mjs', { RTC_TOKEN_STRICT: '1' })).rejects.toMatchObject({
      stderr: expect.stringContaining('TTL_LOOKS_ABSOLUTE'),
    })
  })

  it('is strict for all copies of the package', async () => {
    await expect(run('strict.mjs')).rejects.toMatchObject({
      stderr: expect.stringContaining('TTL_LOOKS_ABSOLUTE'),
    })
  })
})
