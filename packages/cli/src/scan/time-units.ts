import type { Binding, Scopes } from './scopes.ts'
import { functionOf } from './scopes.ts'
import { propertyOf } from './builders.ts'
import {
  bare,
  calleeName,
  child,
  isMember,
  list,
  memberName,
  nameOf,
  numberOf,
  type Script,
  type Syntax,
  within,
} from './syntax.ts'

/**
 * The time that a number means: a timestamp in seconds or milliseconds, a length, sometimes one and sometimes another.
 */
export type TimeUnit = 'moment' | 'moment in ms' | 'length' | 'mixed' | 'unknown'

const FIRST_MOMENT = 1e9
const FIRST_MOMENT_MS = 1e12
const DEEPEST = 12
const SAME_UNIT = /^(?:floor|round|ceil|trunc|abs|parseInt|Number|parseFloat|valueOf)$/
const GIVES_MS = /^(?:getTime|now)$/
const GIVES_SECONDS = /^unix$/

/** Infers which times the numbers of a script mean, through variables, arithmetic and functions of the same file. */
export class TimeUnits {
  readonly #script: Script
  readonly #scopes: Scopes
  readonly #asked = new Set<Syntax>()

  constructor(script: Script, scopes: Scopes) {
    this.#script = script
    this.#scopes = scopes
  }

  of(node: Syntax | undefined, depth: number = 0): TimeUnit {
    const expression = bare(node)
    if (!expression || depth > DEEPEST || this.#asked.has(expression)) return 'unknown'
    this.#asked.add(expression)
    try {
      return this.#of(expression, depth + 1)
    } finally {
      this.#asked.delete(expression)
    }
  }

  #of(node: Syntax, depth: number): TimeUnit {
    const number = numberOf(node)
    if (number !== undefined) return unitOfNumber(number)
    switch (node.type) {
      case 'BinaryExpression':
        return arithmetic(
          node['operator'],
          this.of(child(node, 'left'), depth),
          this.of(child(node, 'right'), depth),
        )
      case 'UnaryExpression':
        return node['operator'] === '+' ? this.of(child(node, 'argument'), depth) : 'unknown'
      case 'NewExpression':
        return nameOf(child(node, 'callee')) === 'Date' ? 'moment in ms' : 'unknown'
      case 'LogicalExpression':
        return either(this.of(child(node, 'left'), depth), this.of(child(node, 'right'), depth))
      case 'ConditionalExpression':
        return either(
          this.of(child(node, 'consequent'), depth),
          this.of(child(node, 'alternate'), depth),
        )
      case 'Identifier':
        return this.#ofBinding(this.#scopes.resolve(node), depth)
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.#ofCall(node, depth)
      default:
        return isMember(node) ? this.#ofMember(node, depth) : 'unknown'
    }
  }

  #ofCall(call: Syntax, depth: number): TimeUnit {
    const name = calleeName(call) ?? ''
    const callee = child(call, 'callee')
    const [first] = list(call, 'arguments')
    const local = functionOf(callee, this.#scopes)
    if (local) return this.#ofReturns(local, depth)
    if (isMember(callee) && GIVES_SECONDS.test(name)) return 'moment'
    if (isMember(callee) && GIVES_MS.test(name)) return isClock(callee) ? 'moment in ms' : 'unknown'
    if (SAME_UNIT.test(name)) return this.of(first, depth)
    return name === 'min' || name === 'max'
      ? list(call, 'arguments')
          .map((it) => this.of(it, depth))
          .reduce(either, 'unknown')
      : 'unknown'
  }

  #ofReturns(local: Syntax, depth: number): TimeUnit {
    const body = child(local, 'body')
    if (body && body.type !== 'BlockStatement') return this.of(body, depth)
    const returns = body
      ? [...within(body)].filter(
          (it) => it.type === 'ReturnStatement' && this.#script.functionAround(it) === local,
        )
      : []
    return returns.map((it) => this.of(child(it, 'argument'), depth)).reduce(either, 'unknown')
  }

  #ofMember(node: Syntax, depth: number): TimeUnit {
    const isOwn = child(node, 'object')?.type === 'ThisExpression'
    const writes = isOwn ? this.#scopes.writesOfThis(memberName(node)) : []
    return [this.#scopes.memberValue(node), ...writes]
      .map((it) => this.of(it, depth))
      .reduce(either, 'unknown')
  }

  #ofBinding(binding: Binding | undefined, depth: number): TimeUnit {
    if (!binding) return 'unknown'
    const given = [
      binding.standard,
      ...binding.writes,
      ...(binding.member === undefined ? [binding.init] : []),
    ]
    if (binding.kind === 'variable')
      given.push(
        binding.member === undefined ? undefined : propertyOf(binding.init, binding.member),
      )
    if (binding.kind === 'parameter' && binding.member === undefined)
      given.push(...this.#argumentsFor(binding))
    return given
      .filter((it) => it !== undefined)
      .map((it) => this.of(it, depth))
      .reduce(either, 'unknown')
  }

  /** The arguments for a parameter in the calls of the same file. */
  #argumentsFor({ owner, index }: Binding): Syntax[] {
    return this.#script
      .all('CallExpression')
      .filter((call) => functionOf(child(call, 'callee'), this.#scopes) === owner)
      .flatMap((call) => list(call, 'arguments')[index ?? -1] ?? [])
  }
}

function unitOfNumber(number: number): TimeUnit {
  if (number >= FIRST_MOMENT_MS) return 'moment in ms'
  if (number >= FIRST_MOMENT) return 'moment'
  // 0 has a special meaning in every builder.
  return number > 0 ? 'length' : 'unknown'
}

/** `Date.now()`, `new Date().getTime()`, `date.getTime()`; not `performance.now()`. */
function isClock(callee: Syntax | undefined): boolean {
  const object = bare(child(callee, 'object'))
  return memberName(callee) === 'getTime' || nameOf(object) === 'Date'
}

const isMoment = (unit: TimeUnit) => unit === 'moment' || unit === 'moment in ms'

function arithmetic(operator: unknown, left: TimeUnit, right: TimeUnit): TimeUnit {
  if (operator === '+')
    return isMoment(left) ? left : isMoment(right) ? right : left === right ? left : 'unknown'
  if (operator === '-') {
    if (isMoment(right)) return isMoment(left) ? 'length' : 'unknown'
    return isMoment(left) && right === 'length'
      ? left
      : left === 'length' && right === 'length'
        ? left
        : 'unknown'
  }
  if (operator === '/') return left === 'moment in ms' ? 'moment' : left
  if (operator === '*')
    return left === 'length' && right === 'length'
      ? 'length'
      : isMoment(left)
        ? 'moment in ms'
        : 'unknown'
  return operator === '|' || operator === '>>' || operator === '>>>' ? left : 'unknown'
}

/** The unit of a value that is one of two: the known one, or `mixed` if they differ. */
function either(one: TimeUnit, other: TimeUnit): TimeUnit {
  if (one === other || other === 'unknown') return one
  return one === 'unknown' ? other : 'mixed'
}
