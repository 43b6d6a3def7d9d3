import type { TokenCall } from '../builders.ts'
import type { Found, Reading } from '../found.ts'
import type { Binding } from '../scopes.ts'
import {
  bare,
  calleeName,
  child,
  isCall,
  isMember,
  list,
  memberName,
  nameOf,
  numberOf,
  type Syntax,
  within,
} from '../syntax.ts'
import { isFromAddress } from './requests.ts'

/** Finds uids that may mean any user, and channels and roles that the caller chooses. */
export function checkWishes(reading: Reading): Found[] {
  return reading.calls.flatMap((call) => [
    ...checkUid(reading, call),
    ...checkChannel(reading, call),
    ...checkRole(reading, call),
  ])
}

function checkUid(reading: Reading, { uid }: TokenCall): Found[] {
  if (!uid) return []
  const saw = zeroIn(reading, uid, 0) ?? nanIn(reading, uid)
  return saw === undefined ? [] : [{ rule: 'uid-any', node: uid, saw }]
}

/** Describes a value that is or may be the number 0; `undefined` for any other. */
function zeroIn(reading: Reading, node: Syntax | undefined, depth: number): string | undefined {
  const expression = bare(node)
  if (!expression || depth > 6) return undefined
  const again = (it: Syntax | undefined) => zeroIn(reading, it, depth + 1)
  if (numberOf(expression) === 0) return 'got the number 0, which is every user'
  if (expression.type === 'LogicalExpression')
    return again(child(expression, 'right')) ?? again(child(expression, 'left'))
  if (expression.type === 'ConditionalExpression')
    return again(child(expression, 'consequent')) ?? again(child(expression, 'alternate'))
  const binding = reading.scopes.resolve(expression)
  if (binding?.kind === 'parameter') return again(binding.standard)
  if (binding?.kind !== 'variable') return undefined
  if (isRefusedIfZero(reading, binding)) return undefined
  const values = [binding.member === undefined ? binding.init : binding.standard, ...binding.writes]
  return values.map(again).find((it) => it !== undefined)
}

/** Describes a value that may be NaN: text converted to a number and signed unchecked; `undefined` for any other. */
function nanIn(reading: Reading, uid: Syntax): string | undefined {
  const expression = bare(uid)
  const binding = reading.scopes.resolve(expression)
  const value =
    binding?.kind === 'variable' && binding.member === undefined ? bare(binding.init) : expression
  if (binding && isChecked(reading, binding)) return undefined
  const isUnchecked = sides(value)
    .filter(isConversion)
    .some((it) => isUncheckedText(reading, it))
  return isUnchecked
    ? 'got text that may become NaN, which is signed as the account "NaN"'
    : undefined
}

/** Both values of a conditional expression; any other expression itself. */
function sides(value: Syntax | undefined): Syntax[] {
  if (value?.type !== 'ConditionalExpression') return value ? [value] : []
  return [child(value, 'consequent'), child(value, 'alternate')].flatMap((it) => sides(bare(it)))
}

function isUncheckedText(reading: Reading, conversion: Syntax): boolean {
  const text =
    conversion.type === 'UnaryExpression'
      ? child(conversion, 'argument')
      : list(conversion, 'arguments')[0]
  const source = reading.scopes.resolve(bare(text))
  // The text may have been matched with a pattern or validated with a schema.
  return !(source && isGivenToCheck(reading, source)) && isOutside(reading, text)
}

function isConversion(node: Syntax): boolean {
  if (node.type === 'UnaryExpression') return node['operator'] === '+'
  return isCall(node) && /^(?:parseInt|Number|parseFloat)$/.test(calleeName(node) ?? '')
}

/** Whether a text comes from the caller: from the URL, the headers or the body. */
function isOutside(reading: Reading, node: Syntax | undefined): boolean {
  if (isFromAddress(reading, node)) return true
  const expression = bare(node)
  const names = expression ? [...within(expression)].map((it) => memberName(it) ?? '') : []
  if (names.includes('body') || names.includes('headers')) return true
  const binding = reading.scopes.resolve(expression)
  const init = binding?.member === undefined ? undefined : bare(binding.init)
  return (
    init !== undefined &&
    (memberName(init) === 'body' || (isCall(init) && calleeName(init) === 'json'))
  )
}

const LOOKS =
  /^(?:isNaN|isInteger|isFinite|isSafeInteger|checkUid|parse|safeParse|test|match|assert|ok|has|includes)$/

/** Whether the code compares a number or passes it to a check. */
function isChecked(reading: Reading, binding: Binding): boolean {
  const isCompared = reading.scopes.readsOf(binding).some((read) => {
    const parent = reading.script.parentOf(read)
    if (parent?.type === 'BinaryExpression') return /^[<>=!]/.test(String(parent['operator']))
    const isNegated = parent?.type === 'UnaryExpression' && parent['operator'] === '!'
    return isNegated || (parent?.type === 'IfStatement' && parent['test'] === read)
  })
  return isCompared || isGivenToCheck(reading, binding)
}

/** Whether the code passes a value to a check. A test that a text exists does not check its number. */
function isGivenToCheck(reading: Reading, binding: Binding): boolean {
  return reading.scopes.readsOf(binding).some((read) => {
    const parent = reading.script.parentOf(read)
    const name = isCall(parent) ? (calleeName(parent) ?? '') : ''
    return LOOKS.test(name) || /valid|check|ensure|require/i.test(name)
  })
}

/** Whether a function returns early for 0: `if (!uid) return …`. */
function isRefusedIfZero(reading: Reading, binding: Binding): boolean {
  return reading.scopes.readsOf(binding).some((read) => {
    const statement = reading.script.around(read, ({ type }) => type === 'IfStatement')
    const isTest = statement !== undefined && isInside(child(statement, 'test'), read)
    return (
      isTest &&
      [...within(child(statement, 'consequent')!)].some(({ type }) =>
        /^(?:Return|Throw)Statement$/.test(type),
      )
    )
  })
}

function isInside(outer: Syntax | undefined, inner: Syntax): boolean {
  return outer !== undefined && outer.start <= inner.start && inner.end <= outer.end
}

function checkChannel(reading: Reading, { channel, call }: TokenCall): Found[] {
  if (!channel || !isFromAddress(reading, channel) || isLookedUp(reading, channel, call)) return []
  return [
    { rule: 'wish-from-query', node: channel, saw: 'got a channel straight from the address' },
  ]
}

const MAKES_NOTHING =
  /^(?:log|error|warn|info|debug|json|send|status|end|String|trim|encodeURIComponent|isNaN|buildToken\w*|rtc|test|match|checkChannel|Response|stringify)$/

/** Whether the code passes a value, before it signs, to a function that may check the caller's permission. */
function isLookedUp(reading: Reading, node: Syntax, signing: Syntax): boolean {
  const binding = reading.scopes.resolve(bare(node))
  if (!binding) return false
  return reading.scopes.readsOf(binding).some((read) => {
    if (read.start > signing.start) return false
    const call = reading.script.around(read, (it) => isCall(it) || it.type.endsWith('Statement'))
    if (!call || !isCall(call)) return false
    const isOurs = reading.calls.some((it) => it.call === call)
    return !isOurs && !MAKES_NOTHING.test(calleeName(call) ?? '') && !isLocalSigner(call)
  })
}

/** Whether a call, by its name, only signs and checks no permission. */
function isLocalSigner(call: Syntax): boolean {
  const name = calleeName(call) ?? ''
  return /(?:generate|create|build|make|get|sign)\w*Token/i.test(name)
}

function checkRole(reading: Reading, { role }: TokenCall): Found[] {
  if (!role || !isChosenByAddress(reading, role, 0)) return []
  return [{ rule: 'wish-from-query', node: role, saw: 'got a role that the address chooses' }]
}

function isChosenByAddress(reading: Reading, node: Syntax | undefined, depth: number): boolean {
  const expression = bare(node)
  if (!expression || depth > 6) return false
  if (isFromAddress(reading, expression)) return true
  if (expression.type === 'ConditionalExpression')
    return testsAddress(reading, child(expression, 'test'))
  const binding = reading.scopes.resolve(expression)
  if (binding?.kind !== 'variable') return false
  if (isChosenByAddress(reading, binding.init, depth + 1)) return true
  return binding.writes.some((write) => isUnderTest(reading, write))
}

/** Whether a condition depends on the URL alone. With a check of the user in it, the caller does not choose. */
function testsAddress(reading: Reading, test: Syntax | undefined): boolean {
  const expression = bare(test)
  if (!expression) return false
  if (expression.type === 'LogicalExpression') {
    return (
      testsAddress(reading, child(expression, 'left')) &&
      testsAddress(reading, child(expression, 'right'))
    )
  }
  return [...within(expression)].some(
    (it) => (nameOf(it) !== undefined || isMember(it)) && isFromAddress(reading, it),
  )
}

function isUnderTest(reading: Reading, write: Syntax): boolean {
  const statement = reading.script.around(write, ({ type }) =>
    /^(?:IfStatement|SwitchStatement|Function.*|Arrow.*|Program)$/.test(type),
  )
  return testsAddress(reading, child(statement, 'test') ?? child(statement, 'discriminant'))
}
