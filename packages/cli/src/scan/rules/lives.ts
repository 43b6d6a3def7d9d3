import type { TokenCall } from '../builders.ts'
import type { Edit, Found, Reading } from '../found.ts'
import type { Binding } from '../scopes.ts'
import {
  bare,
  calleeName,
  child,
  isCall,
  list,
  nameOf,
  numberOf,
  type Syntax,
  within,
} from '../syntax.ts'

/** Finds timestamps used as lengths, lengths used as timestamps, and timestamps that are computed only once. */
export function checkLives(reading: Reading): Found[] {
  return reading.calls.flatMap((call) =>
    call.lives.flatMap((life) =>
      call.unit === 'length' ? checkLength(reading, life) : checkMoment(reading, call, life),
    ),
  )
}

function checkLength(reading: Reading, life: Syntax): Found[] {
  const unit = reading.units.of(life)
  if (unit !== 'moment' && unit !== 'moment in ms') return []
  const fix = unit === 'moment' ? lengthInstead(reading, life) : undefined
  return [{ rule: 'moment-as-length', node: life, saw: 'got a timestamp', ...(fix && { fix }) }]
}

function checkMoment(reading: Reading, { call }: TokenCall, life: Syntax): Found[] {
  const { units, script } = reading
  const unit = units.of(life)
  if (unit === 'moment in ms') {
    const text = `Math.floor((${script.textOf(life)}) / 1000)`
    const fix = { ...rangeOf(life), text }
    return [{ rule: 'length-as-moment', node: life, saw: 'got one in milliseconds', fix }]
  }
  if (unit === 'length') {
    const text = `Math.floor(Date.now() / 1000) + ${wrapped(reading, life)}`
    return [
      {
        rule: 'length-as-moment',
        node: life,
        saw: 'got a length of time',
        fix: { ...rangeOf(life), text },
      },
    ]
  }
  if (unit !== 'moment' || !script.functionAround(call)) return []
  const isOnce = clocksOf(reading, life, new Set()).some((clock) => !script.functionAround(clock))
  return isOnce
    ? [
        {
          rule: 'life-at-module-load',
          node: life,
          saw: 'got one that is computed when the module loads',
        },
      ]
    : []
}

/** The text of an expression after a `+`, in parentheses if it is an operation. */
function wrapped({ script }: Reading, life: Syntax): string {
  const isPlain = /^(?:Identifier|NumericLiteral|(?:Optional)?(?:Member|Call)Expression)$/.test(
    life.type,
  )
  return isPlain ? script.textOf(life) : `(${script.textOf(life)})`
}

const rangeOf = ({ start, end }: Syntax) => ({ start, end })

/** The length in `now + length`, if it is unambiguous. */
function lengthInstead(reading: Reading, life: Syntax): Edit | undefined {
  const { scopes, units, script } = reading
  const sum = onlyValue(reading, life)
  if (sum?.type !== 'BinaryExpression' || sum['operator'] !== '+') return undefined
  const sides = [bare(child(sum, 'left')), bare(child(sum, 'right'))]
  const length = sides.find((side) => side && units.of(side) !== 'moment')
  const isMomentOnOther = sides.some((side) => side !== length && units.of(side) === 'moment')
  if (!length || !isMomentOnOther || units.of(length) === 'moment in ms') return undefined
  if (numberOf(length) !== undefined) return { ...rangeOf(life), text: script.textOf(length) }
  const binding = scopes.resolve(length)
  const isSame = binding !== undefined && isVisible(reading, binding, life)
  return isSame && binding.writes.length === 0
    ? { ...rangeOf(life), text: script.textOf(length) }
    : undefined
}

/** An expression, or the value of the constant that it names. */
function onlyValue({ scopes }: Reading, node: Syntax): Syntax | undefined {
  const expression = bare(node)
  const binding = scopes.resolve(expression)
  if (!binding) return expression
  return binding.kind === 'variable' && binding.member === undefined && binding.writes.length === 0
    ? bare(binding.init)
    : undefined
}

/** Whether a name is in scope at another place. */
function isVisible({ script }: Reading, binding: Binding, place: Syntax): boolean {
  const scope = script.around(binding.node, ({ type }) =>
    /^(?:BlockStatement|Program|.*Function.*|ClassMethod|ObjectMethod)$/.test(type),
  )
  return scope !== undefined && script.around(place, (node) => node === scope) === scope
}

/** The places where an expression reads the clock, also through variables of the same file. */
function clocksOf(reading: Reading, node: Syntax | undefined, seen: Set<Syntax>): Syntax[] {
  if (!node || seen.has(node)) return []
  seen.add(node)
  return [...within(node)].flatMap((it) => {
    if (isClock(it)) return [it]
    const binding = nameOf(it) === undefined ? undefined : reading.scopes.resolve(it)
    if (!binding || binding.kind === 'import' || binding.node === it) return []
    // A function reads the clock when it is called.
    if (binding.kind === 'function' || /Function/.test(binding.init?.type ?? '')) return []
    return [binding.init, ...binding.writes].flatMap((value) => clocksOf(reading, value, seen))
  })
}

function isClock(node: Syntax): boolean {
  if (node.type === 'NewExpression')
    return nameOf(child(node, 'callee')) === 'Date' && list(node, 'arguments').length === 0
  return isCall(node) && /^(?:now|unix)$/.test(calleeName(node) ?? '')
}
