import { explainToken, verifyToken } from '@rtc-token/core'
import { AccessToken2, ServiceRtc } from '@rtc-token/core/builders'
import { createRenewer } from '@rtc-token/client-renewer'
import { coreJudge } from '@rtc-token/edge'
import { describe, expect, it } from 'vitest'

// All that compares the names of a session with those of a token, which may be patterns: for each of them the
// same names fit.

const appId = '970CA35de60c44645bbae8a215061b33'
const appCertificate = '5CFd2fd1755d40ecb72977518be15d3b'
const now = 1_795_000_000
const judge = coreJudge(
  () => [appCertificate],
  () => now * 1000,
)

interface Case {
  readonly token: string
  readonly channel: string
  /** 0: none, Agora chooses one. */
  readonly user: number | string
}

const identityOf = (user: number | string) =>
  typeof user === 'number' ? { uid: user } : { account: user }

const ASKED: Readonly<Record<string, (asked: Case) => boolean | Promise<boolean>>> = {
  explainToken({ token, channel, user }) {
    const { findings } = explainToken(token, { channel, ...identityOf(user), now })
    return findings.every(({ severity }) => severity !== 'fatal')
  },
  verifyToken({ token, channel, user }) {
    try {
      const expected = { appCertificate, channel, ...identityOf(user), now, patterns: true }
      return Boolean(verifyToken(token, expected))
    } catch {
      return false
    }
  },
  judge: ({ token, channel, user }) =>
    judge(token, { appId, channel, user: identityOf(user) }).accepted,
  renewer: async ({ token, channel, user }) => {
    const join = async () => user
    const adapter = {
      scope: () => ({ service: 'rtc' as const, appId, channel, user }),
      attach: () => () => {},
      link: () => 'down' as const,
      join,
      rejoin: join,
      renew: async () => {},
      republish: () => [],
      leave: async () => {},
    }
    const renewer = createRenewer(adapter, { source: () => token })
    const joined = await renewer.join().then(
      () => true,
      ({ code }: { readonly code: string }) => code !== 'GRANT_SCOPE',
    )
    renewer.dispose()
    return joined
  },
}

const CHANNELS = ['', '0', '*', 'a', 'ab', 'a*', '*b', 'a*b', 'ü*']
const USERS = ['', '0', '*', '7', '1*', '*a', 'ü*b', 'a']
const JOINED = ['0', 'a', 'ab', 'acb', 'b', 'üb']
const JOINING = [0, 1, 7, 11, '0', 'a', 'üxb']

function mint(services: readonly (readonly [channel: string, user: string])[]): string {
  const made = new AccessToken2(appId, appCertificate, now, 3600)
  for (const [channel, user] of services) {
    const service = new ServiceRtc(channel, user)
    service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, 3600)
    made.add_service(service)
  }
  return made.build()
}

const pairs = CHANNELS.flatMap((channel) => USERS.map((user) => [channel, user] as const))
// Beside another service, too: the names of one are not those of the other.
const tokens = pairs.map((pair, i) => {
  const held = i % 3 === 0 ? [pair, pairs[(i * 7) % pairs.length]!] : [pair]
  return { held, token: mint(held) }
})

// Who verifies a token knows its user, also when Agora has chosen that.
const NEEDS_USER = new Set(['verifyToken', 'judge'])

async function askAll(asked: Case): Promise<Record<string, boolean>> {
  const asking = Object.entries(ASKED).filter(([who]) => asked.user || !NEEDS_USER.has(who))
  const answers = asking.map(async ([who, ask]) => [who, await ask(asked)] as const)
  return Object.fromEntries(await Promise.all(answers))
}

describe('explainToken, verifyToken, the judge of the edge and the renewer', () => {
  it.each(JOINED)('take the same tokens in channel %j', async (channel) => {
    const seen = new Set<boolean>()
    for (const { held, token } of tokens) {
      for (const user of JOINING) {
        const answers = await askAll({ token, channel, user })
        const isTaken = answers['explainToken']!
        seen.add(isTaken)
        const agreed = Object.fromEntries(Object.keys(answers).map((who) => [who, isTaken]))
        expect({ held, user, answers }).toEqual({ held, user, answers: agreed })
      }
    }
    expect(seen.size).toBe(2)
  })
})
