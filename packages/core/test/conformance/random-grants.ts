import {
  apaas,
  chat,
  convoAI,
  type CreateTokenOptions,
  fcdn,
  fpa,
  rtc,
  rtm,
  rtm2,
  type RtcUser,
  type ServiceGrant,
  streaming,
  stt,
} from '@rtc-token/core'
import { oneOf, type Pick, times } from './random.ts'
import { randomHex32, randomName, randomText } from './random-names.ts'

/** What to sign, with nothing left to chance: the token is the same whenever and wherever it is signed. */
export type Grant = CreateTokenOptions & { readonly issuedAt: number; readonly salt: number }

const MAX_U32 = 0xffffffff
const LATEST = MAX_U32 - 86_400
const RESOURCES = ['messageChannels', 'streamChannels', 'groupChannels', 'serverGroups'] as const

type Draw = (pick: Pick, ttl: number) => ServiceGrant

const BY_ROLE: Draw = (pick) =>
  rtc({ ...who(pick), channel: channel(pick), role: oneOf(pick, ['publisher', 'subscriber']) })
const RTM: Draw = (pick) => rtm({ userId: randomName(pick, 64) })

const SERVICES: readonly [Draw, ...Draw[]] = [
  BY_ROLE,
  RTM,
  (pick, ttl) => {
    const privileges = { joinChannel: life(pick, ttl), publishAudioStream: life(pick, ttl) }
    return rtc({ ...who(pick), channel: channel(pick), privileges })
  },
  (pick, ttl) => {
    const privileges = { publishRawStream: life(pick, ttl) }
    return streaming({ ...who(pick), channel: channel(pick), privileges })
  },
  (pick, ttl) => {
    const privileges = { play: life(pick, ttl), publish: life(pick, ttl) }
    return fcdn({ ...who(pick), channel: channel(pick), privileges })
  },
  (pick) => chat(oneOf(pick, [{ userId: randomName(pick, 64) }, { app: true }])),
  (pick) => apaas(oneOf(pick, [inRoom(pick), { userUuid: randomName(pick, 255) }, { app: true }])),
  (pick) => rtm2({ userId: randomName(pick, 64), permissions: permissions(pick) }),
  fpa,
  convoAI,
  stt,
]

/** Draws what to sign: of any version, with one to six of all services. */
export function randomGrant(pick: Pick): Grant {
  const ttl = life(pick, 86_400)
  const version = oneOf(pick, ['006', '007', '007'])
  const services =
    version === '006'
      ? [oneOf(pick, [BY_ROLE, RTM])(pick, ttl)]
      : times(1 + pick(6), () => oneOf(pick, SERVICES)(pick, ttl))
  return { ...project(pick), ttl, version, services, issuedAt: pick(LATEST), salt: pick(MAX_U32) }
}

/** A grant of some fifty kilobytes, past every buffer's first size. */
export function largeGrant(pick: Pick): Grant {
  const names = times(3000, () => randomText(pick))
  const service = rtm2({ userId: 'large', permissions: { users: { read: names } } })
  return { ...project(pick), ttl: 600, services: [service], issuedAt: 1_700_000_000, salt: 7 }
}

function project(pick: Pick) {
  return { appId: randomHex32(pick), appCertificate: randomHex32(pick) }
}

function life(pick: Pick, ttl: number): number {
  return 1 + pick(ttl)
}

function channel(pick: Pick): string {
  return randomName(pick, 63)
}

function who(pick: Pick): RtcUser {
  const kind = pick(3)
  if (kind === 0) return { uid: 1 + pick(MAX_U32) }
  return kind === 1 ? { account: randomName(pick, 255) } : { anyUser: true }
}

function inRoom(pick: Pick) {
  const [roomUuid, userUuid] = [randomName(pick, 255), randomName(pick, 255)]
  return { roomUuid, userUuid, role: pick(0x10000) - 0x8000 }
}

function permissions(pick: Pick) {
  const read = times(pick(4), () => randomText(pick))
  return { [oneOf(pick, RESOURCES)]: { write: [], read } }
}
