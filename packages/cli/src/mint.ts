import {
  apaas,
  type ApaasOptions,
  chat,
  convoAI,
  createToken,
  decodeToken,
  fcdn,
  fingerprint,
  fpa,
  isTokenError,
  type RtcUser,
  rtc,
  rtm,
  rtm2,
  type RtmPermissions,
  type ServiceGrant,
  streaming,
  stt,
} from '@rtc-token/core'
import { ROLES } from '@rtc-token/core/contract'
import type { Host } from './arguments/host.ts'
import type { Arguments } from './arguments/read-arguments.ts'
import { readChoice, readLength, readUid } from './arguments/readings.ts'
import { UsageError } from './arguments/usage-error.ts'
import { drawToken, tokenData } from './explain/describe-token.ts'
import { drawFindings, type Finding, sentence } from './output/finding.ts'
import { lengthText, momentText } from './output/moments.ts'
import type { Outcome } from './output/outcome.ts'
import { line, span } from './output/screen.ts'
import { readSigner } from './project/read-project.ts'
import { SERVICE_NAMES, type Service } from './project/services.ts'

const VERSIONS = ['007', '006'] as const
const DEFAULT_LIFE = '1h'

/** `rtc-token mint`: prints the token alone to standard output, and what it grants to standard error. */
export async function mint(args: Arguments, host: Host): Promise<Outcome> {
  const ttl = readLength(args.value('for') ?? DEFAULT_LIFE, '--for')
  const version = readChoice(args.value('version') ?? '007', VERSIONS, '--version')
  const names = (args.value('service') ?? 'rtc')
    .split(',')
    .map((name) => readChoice(name, SERVICE_NAMES, '--service'))
  const services = names.map((name) => GRANTS[name](args, ttl))
  try {
    const token = createToken({
      ...(await readSigner(args, host)),
      ttl,
      version,
      services,
      issuedAt: Math.floor(host.now()),
    })
    return minted(token, host)
  } catch (error) {
    if (!isTokenError(error)) throw error
    const finding = {
      code: error.code,
      severity: 'fatal',
      message: sentence(error.message),
      remedy: remedyOf(error.code),
    } as const
    return {
      command: 'mint',
      data: {},
      findings: [finding],
      screen: drawFindings([finding], host.width),
    }
  }
}

function minted(token: string, { now, width }: Host): Outcome {
  const decoded = decodeToken(token)
  const left = decoded.expiresAt - Math.floor(now())
  const end = `  ends at ${momentText(decoded.expiresAt)} UTC, in ${lengthText(left)}`
  const findings: Finding[] = []
  return {
    command: 'mint',
    data: { token: tokenData(decoded), fingerprint: fingerprint(token) },
    findings,
    product: `${token}\n`,
    screen: [
      line(span('A token that grants:', 'strong')),
      ...drawToken(decoded, width),
      line(span(end, 'faint')),
    ],
  }
}

function remedyOf(code: string): string {
  if (code.startsWith('APP_'))
    return 'Set AGORA_APP_ID and AGORA_APP_CERTIFICATE, or pass a file that has them: --env-file .env'
  if (code.startsWith('TTL_')) return 'Pass a length: --for 15m'
  if (code === 'IDENTITY_AMBIGUOUS') return 'Pass exactly one of --uid, --account and --any-user.'
  return 'See rtc-token mint --help.'
}

const GRANTS: { readonly [Name in Service]: (args: Arguments, ttl: number) => ServiceGrant } = {
  rtc: (args) => rtc({ ...userOf(args), channel: channelOf(args), role: roleOf(args) }),
  rtm: (args) => rtm({ userId: userIdOf(args) }),
  rtm2: (args) => rtm2({ userId: userIdOf(args), permissions: permissionsOf(args) }),
  chat: (args) => (args.has('app') ? chat({ app: true }) : chat({ userId: userIdOf(args) })),
  streaming: (args, ttl) =>
    streaming({
      ...userOf(args),
      channel: channelOf(args),
      privileges: { publishMixStream: ttl, publishRawStream: ttl },
    }),
  fcdn: (args, ttl) =>
    fcdn({
      ...userOf(args),
      channel: channelOf(args),
      privileges: roleOf(args) === 'publisher' ? { publish: ttl, play: ttl } : { play: ttl },
    }),
  apaas: (args) => apaas(apaasOf(args)),
  fpa: () => fpa(),
  convoAI: () => convoAI(),
  stt: () => stt(),
}

// A missing channel stays `undefined`: core's error says what it expected.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- core checks the channel
const channelOf = (args: Arguments): string => args.value('channel') as string

function userOf(args: Arguments): RtcUser {
  const uid = args.value('uid')
  const account = args.value('account')
  const user = {
    ...(uid === undefined ? {} : { uid: readUid(uid) }),
    ...(account === undefined ? {} : { account }),
    ...(args.has('any-user') ? { anyUser: true } : {}),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- core checks that it is exactly one
  return user as RtcUser
}

function roleOf(args: Arguments): (typeof ROLES)[number] {
  return readChoice(args.value('role') ?? 'subscriber', ROLES, '--role')
}

/** The user of messaging defaults to the user of the call, as in the endpoint. */
function userIdOf(args: Arguments): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- core checks it
  return (args.value('user-id') ?? args.value('account') ?? args.value('uid')) as string
}

function apaasOf(args: Arguments): ApaasOptions {
  if (args.has('app')) return { app: true }
  const userUuid = userIdOf(args)
  const roomUuid = args.value('channel')
  if (roomUuid === undefined) return { userUuid }
  const role = /^-?\d{1,5}$/.test(args.value('role') ?? '')
    ? Number(args.value('role'))
    : Number.NaN
  return { userUuid, roomUuid, role }
}

/** Reads permissions such as `messageChannels.read=news,sports`. */
function permissionsOf(args: Arguments): RtmPermissions {
  const permissions: Record<string, Record<string, string[]>> = {}
  for (const given of args.values('permission')) {
    const [, resource = '', access = '', names = ''] = /^(\w+)\.(\w+)=(.*)$/s.exec(given) ?? []
    if (resource === '') {
      throw new UsageError(
        '--permission: expected RESOURCE.read=NAMES or RESOURCE.write=NAMES, got another string.',
      )
    }
    permissions[resource] = {
      ...permissions[resource],
      [access]: names === '' ? [] : names.split(','),
    }
  }
  return permissions
}
