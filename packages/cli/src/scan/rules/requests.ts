import type { Reading } from '../found.ts'
import {
  bare,
  calleeName,
  child,
  isCall,
  isMember,
  list,
  memberName,
  nameOf,
  type Syntax,
} from '../syntax.ts'

const DEEPEST = 10
const QUERY_MEMBERS = /^(?:query|params|searchParams|queryStringParameters|pathParameters|nextUrl)$/
const KEEPS =
  /^(?:String|Number|parseInt|parseFloat|trim|toString|toLowerCase|toUpperCase|decodeURIComponent|floor)$/
const DECORATORS = /^(?:Query|Param)$/

/**
 * Whether a value comes from the query or the path of a request, directly or through variables and conversions, without
 * a look-up.
 */
export function isFromAddress(
  reading: Reading,
  node: Syntax | undefined,
  depth: number = 0,
): boolean {
  const expression = bare(node)
  if (!expression || depth > DEEPEST) return false
  const again = (it: Syntax | undefined) => isFromAddress(reading, it, depth + 1)
  if (isMember(expression)) return isQuery(reading, child(expression, 'object'), depth + 1)
  if (isCall(expression)) return isCallFromAddress(reading, expression, again, depth)
  if (expression.type === 'LogicalExpression') return again(child(expression, 'left'))
  if (expression.type === 'TemplateLiteral') return list(expression, 'expressions').some(again)
  if (expression.type === 'BinaryExpression')
    return again(child(expression, 'left')) || again(child(expression, 'right'))
  const binding = reading.scopes.resolve(expression)
  if (!binding) return false
  if (binding.kind === 'parameter') return hasDecorator(reading, binding.node)
  if (binding.kind !== 'variable') return false
  if (binding.member !== undefined) return isQuery(reading, binding.init, depth + 1)
  return again(binding.init) || binding.writes.some(again)
}

function isCallFromAddress(
  reading: Reading,
  call: Syntax,
  again: (it: Syntax | undefined) => boolean,
  depth: number,
): boolean {
  const name = calleeName(call) ?? ''
  const callee = bare(child(call, 'callee'))
  const object = callee && isMember(callee) ? child(callee, 'object') : undefined
  if (object && name === 'get' && isQuery(reading, object, depth + 1)) return true
  // `c.req.query('channel')` of Hono
  if (
    object &&
    /^(?:query|param)$/.test(name) &&
    /^(?:req|request)$/.test(nameOf(object) ?? memberName(object) ?? '')
  )
    return true
  return KEEPS.test(name) && (again(object) || again(list(call, 'arguments')[0]))
}

/** Whether an expression is the whole query or the whole path of a request. */
function isQuery(reading: Reading, node: Syntax | undefined, depth: number): boolean {
  const expression = bare(node)
  if (!expression || depth > DEEPEST) return false
  if (isMember(expression)) {
    const name = memberName(expression) ?? ''
    return QUERY_MEMBERS.test(name) && name !== 'nextUrl'
  }
  if (isCall(expression))
    return /^(?:query|param|getQuery|useSearchParams|fromEntries)$/.test(
      calleeName(expression) ?? '',
    )
  const isParameters =
    expression.type === 'NewExpression' && nameOf(child(expression, 'callee')) === 'URLSearchParams'
  if (isParameters) return true
  const binding = reading.scopes.resolve(expression)
  if (binding?.kind === 'parameter') return isOfQueryType(reading, binding.node)
  if (binding?.kind !== 'variable') return false
  return binding.member === undefined
    ? isQuery(reading, binding.init, depth + 1)
    : QUERY_MEMBERS.test(binding.member)
}

// `query: URLSearchParams`
function isOfQueryType(reading: Reading, parameter: Syntax): boolean {
  const type = child(child(parameter, 'typeAnnotation'), 'typeAnnotation')
  return nameOf(child(type, 'typeName')) === 'URLSearchParams' || hasDecorator(reading, parameter)
}

// Nest: `@Query('channel') channel: string`
function hasDecorator({ script }: Reading, parameter: Syntax): boolean {
  const holders = [parameter, script.parentOf(parameter)]
  return holders
    .flatMap((it) => list(it, 'decorators'))
    .some((it) => {
      const expression = child(it, 'expression')
      return DECORATORS.test(
        (expression && isCall(expression) ? calleeName(expression) : nameOf(expression)) ?? '',
      )
    })
}
