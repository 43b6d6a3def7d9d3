import type { Found, Reading } from '../found.ts'
import { functionOf } from '../scopes.ts'
import {
  bare,
  calleeName,
  child,
  isCall,
  isMember,
  list,
  memberName,
  nameOf,
  stringOf,
  type Syntax,
} from '../syntax.ts'

const WILL =
  /^(?:token-privilege-will-expire|onTokenPrivilegeWillExpire|TokenPrivilegeWillExpire|tokenPrivilegeWillExpire)$/
const DID =
  /^(?:token-privilege-did-expire|onTokenPrivilegeDidExpire|onRequestToken|TokenPrivilegeDidExpire|RequestToken|TokenExpired|tokenExpired)$/

/** Finds renewals without a handler for an expired token, and renewals with the token that is about to expire. */
export function checkRenewal(reading: Reading): Found[] {
  const renewals = reading.script.all('CallExpression', 'OptionalCallExpression').filter((call) => {
    const callee = child(call, 'callee')
    return callee !== undefined && isMember(callee) && calleeName(call) === 'renewToken'
  })
  if (renewals.length === 0) return []
  return [...withoutEnd(reading, renewals), ...renewals.flatMap((call) => oldToken(reading, call))]
}

function withoutEnd({ script }: Reading, [first]: readonly Syntax[]): Found[] {
  const words = [
    ...script.all('StringLiteral').map(stringOf),
    ...script.all('Identifier').map(nameOf),
  ].filter((it) => it !== undefined)
  const isClient =
    words.some((word) => WILL.test(word)) ||
    script.all('CallExpression').some((it) => calleeName(it) === 'createClient' && isOfRtc(it))
  if (!first || !isClient || words.some((word) => DID.test(word))) return []
  return [{ rule: 'no-did-expire', node: first, saw: 'got none' }]
}

function isOfRtc(call: Syntax): boolean {
  return /^AgoraRTC$/i.test(nameOf(child(child(call, 'callee'), 'object')) ?? '')
}

/** Finds `renewToken(token)` with the token that joined, if nothing has changed it since. */
function oldToken(reading: Reading, renewal: Syntax): Found[] {
  const { script, scopes } = reading
  const [token] = list(renewal, 'arguments')
  const joined = script
    .all('CallExpression', 'OptionalCallExpression')
    .filter((call) =>
      /^(?:join|joinChannel|login|joinChannelWithUserAccount)$/.test(calleeName(call) ?? ''),
    )
    .flatMap((call) => list(call, 'arguments'))
  const isOld =
    joined.some((given) => isSameValue(reading, given, token)) && !isSetAgain(reading, token)
  if (token && !isOld && isFromBefore(reading, token, renewal))
    return [{ rule: 'old-token-renewed', node: token, saw: 'got one from before the warning' }]
  const isOwn = token !== undefined && scopes.resolve(bare(token))?.kind !== 'parameter'
  return token && isOld && (isOwn || isParameterOfBoth(reading, token, renewal))
    ? [{ rule: 'old-token-renewed', node: token, saw: 'got the one that joined' }]
    : []
}

/** Whether the token of a renewal is a constant or a parameter from before the warning. */
function isFromBefore({ script, scopes }: Reading, token: Syntax, renewal: Syntax): boolean {
  const binding = scopes.resolve(bare(token))
  const handler = script
    .all('CallExpression', 'OptionalCallExpression')
    .filter((call) => list(call, 'arguments').some((it) => WILL.test(stringOf(it) ?? '')))
    .map((call) => functionOf(list(call, 'arguments').at(-1), scopes))
    .find((it) => it && isInside(it, renewal))
  if (!handler || !binding || isInside(handler, binding.node)) return false
  if (binding.writes.length > 0 || isState(binding.init)) return false
  if (binding.kind === 'parameter') return true
  const declaration = script.around(binding.node, ({ type }) => type === 'VariableDeclaration')
  return binding.kind === 'variable' && declaration?.['kind'] === 'const'
}

const isInside = (outer: Syntax, inner: Syntax) =>
  outer.start <= inner.start && inner.end <= outer.end

function isSameValue({ scopes, script }: Reading, one: Syntax, other: Syntax | undefined): boolean {
  const [a, b] = [bare(one), bare(other)]
  if (!a || !b) return false
  const binding = scopes.resolve(a)
  if (binding) return binding === scopes.resolve(b)
  return (
    isMember(a) &&
    isMember(b) &&
    memberName(a) !== 'current' &&
    script.textOf(a) === script.textOf(b)
  )
}

/** Whether the code assigns another value to a variable or a member. */
function isSetAgain({ scopes, script }: Reading, token: Syntax | undefined): boolean {
  const expression = bare(token)
  const binding = scopes.resolve(expression)
  if (binding) return binding.writes.length > 0 || isState(binding.init)
  return script.all('AssignmentExpression').some((it) => {
    const left = bare(child(it, 'left'))
    return (
      left !== undefined &&
      expression !== undefined &&
      script.textOf(left) === script.textOf(expression)
    )
  })
}

/** Whether a value comes from a hook, which may return another value the next time. */
function isState(init: Syntax | undefined): boolean {
  const expression = bare(init)
  return (
    expression !== undefined && isCall(expression) && /^use[A-Z]/.test(calleeName(expression) ?? '')
  )
}

/** Whether the token is a parameter of a function that contains the renewal. */
function isParameterOfBoth({ scopes }: Reading, token: Syntax, renewal: Syntax): boolean {
  const { owner } = scopes.resolve(bare(token)) ?? {}
  return owner !== undefined && owner.start <= renewal.start && renewal.end <= owner.end
}
