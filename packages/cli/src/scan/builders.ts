import type { Scopes } from './scopes.ts'
import {
  bare,
  calleeName,
  child,
  isCall,
  isMember,
  list,
  memberName,
  nameOf,
  type Script,
  stringOf,
  type Syntax,
} from './syntax.ts'

/** How a package expresses expiry: as a length of time in seconds, or as a timestamp in Unix seconds. */
type Unit = 'length' | 'moment'

/** A call that creates a token. */
export interface TokenCall {
  readonly call: Syntax
  readonly unit: Unit
  /** The imported module, without version and host. */
  readonly module: string
  readonly certificate: Syntax | undefined
  readonly channel: Syntax | undefined
  readonly uid: Syntax | undefined
  readonly role: Syntax | undefined
  readonly lives: readonly Syntax[]
}

interface Places {
  readonly channel?: number
  readonly uid?: number
  readonly role?: number
  readonly lives: readonly number[]
}

const WITH_ROLE: Places = { channel: 2, uid: 3, role: 4, lives: [5, 6] }
const WITH_ACCOUNT: Places = { channel: 2, role: 4, lives: [5, 6] }
const LAST: Places = { lives: [3] }

/**
 * The positions of the arguments of each method; App ID and certificate are the first two. Source: agora-token 2.0.6,
 * agora-access-token 2.0.4.
 */
const METHODS: Readonly<Record<string, Places>> = {
  'RtcTokenBuilder.buildTokenWithUid': WITH_ROLE,
  'RtcTokenBuilder.buildTokenWithUserAccount': WITH_ACCOUNT,
  'RtcTokenBuilder.buildTokenWithAccount': WITH_ACCOUNT,
  'RtcTokenBuilder.buildTokenWithRtm': WITH_ACCOUNT,
  'RtcTokenBuilder.buildTokenWithRtm2': { channel: 2, role: 4, lives: [5, 6, 7, 8, 9, 11] },
  'RtcTokenBuilder.buildTokenWithUidAndPrivilege': { channel: 2, uid: 3, lives: [4, 5, 6, 7, 8] },
  'RtcTokenBuilder.BuildTokenWithUserAccountAndPrivilege': { channel: 2, lives: [4, 5, 6, 7, 8] },
  'RtmTokenBuilder.buildToken': LAST,
  'ChatTokenBuilder.buildUserToken': LAST,
  'ChatTokenBuilder.buildAppToken': { lives: [2] },
  'EducationTokenBuilder.buildUserToken': LAST,
  'EducationTokenBuilder.buildRoomUserToken': { lives: [5] },
  'EducationTokenBuilder.buildAppToken': { lives: [2] },
  'ApaasTokenBuilder.buildUserToken': LAST,
  'ApaasTokenBuilder.buildRoomUserToken': { lives: [5] },
  'ApaasTokenBuilder.buildAppToken': { lives: [2] },
}
const RTM_OF_006: Places = { lives: [4] }

/** The package of an import, without `npm:`, the host of a CDN and the version. */
export function moduleName(specifier: string): string {
  const name = specifier.replace(
    /^(?:npm:|https:\/\/(?:esm\.sh|cdn\.skypack\.dev|cdn\.jsdelivr\.net\/npm|unpkg\.com)\/)/,
    '',
  )
  return name.replace(/^((?:@[^/]+\/)?[^/@]+)@[^/]+/, '$1').replace(/\?.*$/, '')
}

/** How a module expresses expiry; `undefined` for a module that does not create tokens. */
function unitOf(module: string): Unit | undefined {
  if (/^(?:agora-token|@rtc-token\/core\/compat\/agora-token)(?:\/|$)/.test(module)) return 'length'
  if (/^(?:agora-access-token|@rtc-token\/core\/compat\/agora-access-token)(?:\/|$)/.test(module))
    return 'moment'
  // Copies of Agora's files.
  if (/^\..*\bRt[cm]TokenBuilder2(?:\.js)?$/.test(module)) return 'length'
  return /^\..*\bRt[cm]TokenBuilder(?:\.js)?$/.test(module) ? 'moment' : undefined
}

/** Every call in a script that creates a token. */
export function tokenCalls(script: Script, scopes: Scopes): TokenCall[] {
  return script.all('CallExpression', 'OptionalCallExpression').flatMap((call) => {
    const callee = bare(child(call, 'callee'))
    if (!callee || !isMember(callee)) return ownCall(call, scopes)
    const source = sourceOf(child(callee, 'object'), scopes)
    const unit = source && unitOf(source.module)
    const method = memberName(callee) ?? ''
    const places = source && unit && placesOf(`${source.name}.${method}`, unit)
    if (!places) return []
    const args = list(call, 'arguments')
    // After a spread, the positions of the arguments are unknown.
    if (args.some(({ type }) => type === 'SpreadElement')) return []
    const at = (index: number | undefined) => (index === undefined ? undefined : args[index])
    const lives = places.lives.flatMap((index) => args[index] ?? [])
    const { channel, uid, role } = places
    return [
      {
        call,
        unit,
        module: source.module,
        certificate: args[1],
        channel: at(channel),
        uid: at(uid),
        role: at(role),
        lives,
      },
    ]
  })
}

function placesOf(method: string, unit: Unit): Places | undefined {
  const places = METHODS[method]
  return method === 'RtmTokenBuilder.buildToken' && unit === 'moment' ? RTM_OF_006 : places
}

/** `createToken({ ttl, services })` of @rtc-token/core. */
function ownCall(call: Syntax, scopes: Scopes): TokenCall[] {
  const source = sourceOf(child(call, 'callee'), scopes)
  if (source?.module !== '@rtc-token/core' || source.name !== 'createToken') return []
  const [options] = list(call, 'arguments')
  const value = (name: string) => propertyOf(options, name)
  const rtc = list(value('services'), 'elements').find(
    (it) => isCall(it) && calleeName(it) === 'rtc',
  )
  const [grant] = rtc ? list(rtc, 'arguments') : []
  const ttl = value('ttl')
  return [
    {
      call,
      unit: 'length',
      module: source.module,
      certificate: value('appCertificate'),
      channel: propertyOf(grant, 'channel'),
      uid: undefined,
      role: propertyOf(grant, 'role'),
      lives: ttl ? [ttl] : [],
    },
  ]
}

/** The value of a property of an object literal. */
export function propertyOf(object: Syntax | undefined, name: string): Syntax | undefined {
  const property = list(bare(object), 'properties').find((it) => {
    const key = child(it, 'key')
    return it['computed'] !== true && (nameOf(key) ?? stringOf(key)) === name
  })
  return child(property, 'value')
}

/** A module and the name of its export that an expression refers to. */
interface Source {
  readonly module: string
  /** `*` for the whole module. */
  readonly name: string
  readonly isRelative?: boolean
}

/** Finds the module and the export that an expression refers to. */
function sourceOf(node: Syntax | undefined, scopes: Scopes, depth: number = 0): Source | undefined {
  const expression = bare(node)
  if (!expression || depth > 8) return undefined
  if (isMember(expression)) {
    const from = sourceOf(child(expression, 'object'), scopes, depth + 1)
    const name = memberName(expression)
    return from && name !== undefined ? memberOf(from, name) : undefined
  }
  const required = requiredModule(expression)
  if (required !== undefined) return whole(required)
  const binding = scopes.resolve(expression)
  if (binding?.kind === 'import') {
    const from = stringOf(child(binding.init, 'source'))
    return from === undefined ? undefined : memberOf(whole(moduleName(from)), binding.member ?? '*')
  }
  if (binding?.kind !== 'variable') return undefined
  const from = sourceOf(binding.init, scopes, depth + 1)
  return from && binding.member !== undefined ? memberOf(from, binding.member) : from
}

const whole = (module: string): Source => ({ module, name: '*' })

/** The default export of a CommonJS module is the whole module; a file with one export may export it as the default. */
function memberOf({ module, name }: Source, member: string): Source {
  if (member === 'default' || member === '*') return { module, name }
  if (name !== '*') return { module, name: `${name}.${member}` }
  return { module, name: member }
}

/** The module of `require('…')` and `import('…')`. */
function requiredModule(node: Syntax): string | undefined {
  if (!isCall(node)) return undefined
  const callee = child(node, 'callee')
  const isRequire = nameOf(callee) === 'require' || callee?.type === 'Import'
  const specifier = stringOf(list(node, 'arguments')[0])
  return isRequire && specifier !== undefined ? moduleName(specifier) : undefined
}
