import { propertyOf } from '../builders.ts'
import type { Found, Reading } from '../found.ts'
import { functionOf, writtenMember } from '../scopes.ts'
import {
  bare,
  calleeName,
  child,
  isCall,
  isFunction,
  isMember,
  list,
  memberName,
  nameOf,
  numberOf,
  stringOf,
  type Syntax,
  within,
} from '../syntax.ts'

/** A handler for GET requests, and the middleware before it. */
interface Route {
  readonly handler: Syntax
  readonly before: readonly Syntax[]
  /** The place where it is registered. */
  readonly node: Syntax
}

/** Finds routes that sign for GET requests without checking the caller. */
export function checkRoutes(reading: Reading): Found[] {
  if (reading.calls.length === 0) return []
  return [
    ...registered(reading),
    ...served(reading),
    ...exported(reading),
    ...ofFirebase(reading),
    ...ofNest(reading),
  ]
    .filter(
      ({ handler, before, node }) =>
        signs(reading, handler, 0) && !isGuarded(reading, handler, before, node),
    )
    .map(({ node }) => ({
      rule: 'open-route',
      node,
      saw: 'got a route that signs for every caller',
    }))
}

function signs(reading: Reading, handler: Syntax, depth: number): boolean {
  const isInside = ({ call }: { readonly call: Syntax }) =>
    handler.start <= call.start && call.end <= handler.end
  if (reading.calls.some(isInside)) return true
  if (depth > 3) return false
  return [...within(handler)].some((it) => {
    const local = isCall(it) ? functionOf(child(it, 'callee'), reading.scopes) : undefined
    return local !== undefined && local !== handler && signs(reading, local, depth + 1)
  })
}

// Parts of the names that code gives to checks of a caller.
const GUARD =
  /auth|session|passport|jwt|clerk|guard|protect|verif|currentuser|requireuser|loggedin|login|signedin|apikey|permission|member|isallowed|secret|getuser|requestuser|userof/i
const HARMLESS =
  /^(?:nocache|cors|json|urlencoded|logger|log|helmet|compression|ratelimit\w*|limiter|static|bodyparser)$/i

/** Whether middleware or the handler itself checks the caller. */
function isGuarded(
  reading: Reading,
  handler: Syntax,
  before: readonly Syntax[],
  node: Syntax,
): boolean {
  if (before.flatMap(hooksOf).some((it) => !HARMLESS.test(nameOfMiddleware(it)))) return true
  if (reading.script.all('CallExpression').some((call) => isUseOfGuard(call, node))) return true
  return looksAtCaller(reading, handler, 0)
}

const HOOKS = ['preHandler', 'onRequest', 'preValidation', 'auth']

/** The hooks in the options of a route; anything but options is a hook itself. */
function hooksOf(step: Syntax): Syntax[] {
  if (bare(step)?.type !== 'ObjectExpression') return [step]
  const own = HOOKS.flatMap((name) => writtenMember(bare(step), name) ?? [])
  const inner = ['options', 'config'].flatMap((name) => propertyOf(step, name) ?? [])
  return [...own, ...inner.flatMap(hooksOf)]
}

function nameOfMiddleware(node: Syntax): string {
  const expression = bare(node)
  return (
    (expression && isCall(expression)
      ? calleeName(expression)
      : (nameOf(expression) ?? memberName(expression))) ?? ''
  )
}

/** Whether a call is like `app.use(requireAuth)` and comes before the route. */
function isUseOfGuard(call: Syntax, { start }: Syntax): boolean {
  // Hapi: `server.auth.default('jwt')`
  const object = child(child(call, 'callee'), 'object')
  if (memberName(object) === 'auth' && calleeName(call) === 'default') return true
  if (!/^(?:use|addHook|register|all)$/.test(calleeName(call) ?? '') || call.start > start)
    return false
  const given = list(call, 'arguments').filter((it) => !HARMLESS.test(nameOfMiddleware(it)))
  return given.some((it) => [...within(it)].some((below) => GUARD.test(wordOf(below) ?? '')))
}

function looksAtCaller(reading: Reading, handler: Syntax, depth: number): boolean {
  return [...within(child(handler, 'body') ?? handler)].some((it) => {
    if (GUARD.test(wordOf(it) ?? '') || isRefusal(it) || isUserOfRequest(it)) return true
    const local =
      depth < 2 && isCall(it) ? functionOf(child(it, 'callee'), reading.scopes) : undefined
    return local !== undefined && local !== handler && looksAtCaller(reading, local, depth + 1)
  })
}

// Headers that identify the caller.
const OF_CALLER = /^(?:authorization|cookie|x-[\w-]*(?:key|token|secret|user)[\w-]*)$/i

/** The name in a node, `auth` for a header that identifies the caller, and `undefined` for names of certificates. */
function wordOf(node: Syntax): string | undefined {
  const text = stringOf(node)
  if (text !== undefined) return OF_CALLER.test(text) ? 'auth' : undefined
  const name = nameOf(node)
  return name === undefined || /certificate|^app_?secret/i.test(name) ? undefined : name
}

function isRefusal(node: Syntax): boolean {
  const number = numberOf(node)
  return number === 401 || number === 403
}

function isUserOfRequest(node: Syntax): boolean {
  return isMember(node) && memberName(node) === 'user'
}

/** `app.get('/token', …)`, `router.route('/token').get(…)`, `fastify.route({ method: 'GET' })`. */
function registered({ script, scopes }: Reading): Route[] {
  return script.all('CallExpression').flatMap((call) => {
    const callee = child(call, 'callee')
    const method = callee && isMember(callee) ? memberName(callee) : undefined
    if (method === 'route') return ofObject(list(call, 'arguments')[0], scopes, call)
    if (!/^(?:get|all|use)$/.test(method ?? '')) return []
    const steps = stepsOf(call)
    const handler = functionOf(unwrapped(steps.at(-1)), scopes)
    return handler ? [{ handler, before: steps.slice(0, -1), node: call }] : []
  })
}

// These wrappers catch errors and check no caller.
const WRAPPER = /^(?:async\w*|\w*async|express_?async\w*|catch\w*|try\w*|wrap\w*)$/i

/** The handler in `asyncHandler(handler)`. */
function unwrapped(step: Syntax | undefined): Syntax | undefined {
  const name = calleeName(step) ?? ''
  const isWrapped = isCall(step) && WRAPPER.test(name) && !GUARD.test(name)
  return isWrapped ? list(step, 'arguments')[0] : step
}

/** The steps of a route: the functions after its path, and those for all methods before it. */
function stepsOf(call: Syntax): Syntax[] {
  const [path, ...rest] = list(call, 'arguments')
  const before = earlierSteps(bare(child(child(call, 'callee'), 'object')))
  if (before) return [...before, ...list(call, 'arguments')]
  return path && (stringOf(path) !== undefined || path.type === 'TemplateLiteral') ? rest : []
}

/** The steps of `router.route('/token').all(…)`; `undefined` for any other expression. */
function earlierSteps(chain: Syntax | undefined): Syntax[] | undefined {
  if (!isCall(chain)) return undefined
  if (calleeName(chain) === 'route') return []
  const before = earlierSteps(bare(child(child(chain, 'callee'), 'object')))
  return calleeName(chain) === 'all' ? before?.concat(list(chain, 'arguments')) : before
}

/** `http.createServer(handler)` and `Bun.serve({ fetch, routes })`. */
function served({ script, scopes }: Reading): Route[] {
  return script.all('CallExpression').flatMap((call) => {
    const name = calleeName(call)
    const isBun = name === 'serve' && nameOf(child(child(call, 'callee'), 'object')) === 'Bun'
    if (!isBun && name !== 'createServer') return []
    const given = list(call, 'arguments').at(-1)
    const handlers = isBun ? bunHandlers(given, scopes) : [functionOf(given, scopes)]
    return handlers.flatMap((it) => (it && !namesPost(it) ? [routeOf(it)] : []))
  })
}

function bunHandlers(options: Syntax | undefined, scopes: Reading['scopes']) {
  const routes = list(bare(propertyOf(options, 'routes')), 'properties').flatMap((it) => {
    const value = it.type === 'ObjectMethod' ? it : child(it, 'value')
    return functionOf(value, scopes) ?? methodNamed(value, 'GET', scopes)
  })
  return [methodNamed(options, 'fetch', scopes), ...routes]
}

function ofObject(
  options: Syntax | undefined,
  scopes: Parameters<typeof functionOf>[1],
  node: Syntax,
): Route[] {
  const handler = functionOf(writtenMember(bare(options), 'handler'), scopes)
  const isGet = stringOf(propertyOf(options, 'method')) === 'GET'
  return handler && options && isGet ? [{ handler, before: [options], node }] : []
}

/** `export function GET` of Next, Remix and SvelteKit; `export default handler` of Next's pages/api. */
function exported(reading: Reading): Route[] {
  const { script, scopes } = reading
  const named = script.all('ExportNamedDeclaration').flatMap((node) => {
    const declaration = child(node, 'declaration')
    const id = child(declaration, 'id')
    if (declaration && isFunction(declaration))
      return /^(?:GET|loader)$/.test(nameOf(id) ?? '') ? [routeOf(declaration)] : []
    return list(declaration, 'declarations').flatMap((it) => {
      const handler = functionOf(child(it, 'init'), scopes)
      return handler && /^(?:GET|loader)$/.test(nameOf(child(it, 'id')) ?? '')
        ? [{ handler, before: [], node: it }]
        : []
    })
  })
  return [...named, ...standardExports(reading)]
}

// Folders whose files are routes in Next, Vercel and Nuxt.
const API = /(?:^|\/)api\//
const OF_NUXT = /(?:^|\/)(?:api|routes)\/(?!.*\.(?:post|put|patch|delete)\.)/

/** `export default handler` and `module.exports = handler` in `api/`; `export default { fetch }` of Workers; Nuxt. */
function standardExports({ script, scopes, path }: Reading): Route[] {
  const modern = script
    .all('ExportDefaultDeclaration')
    .map((node) => ({ node, value: child(node, 'declaration') }))
  const older = script
    .all('AssignmentExpression')
    .filter(isModuleExports)
    .map((node) => ({ node, value: child(node, 'right') }))
  return [...modern, ...older].flatMap(({ node, value }) => {
    const whole = value && (isFunction(value) ? value : functionOf(value, scopes))
    const ofApi = API.test(path) && whole && list(whole, 'params').length === 2 ? whole : undefined
    const handler =
      ofApi ?? methodNamed(value, 'fetch', scopes) ?? eventHandler(value, path, scopes)
    return handler && !namesPost(handler)
      ? [{ handler, before: [], node: handler === ofApi ? node : handler }]
      : []
  })
}

/** `defineEventHandler((event) => …)` of Nuxt and Nitro, in their folders for routes. */
function eventHandler(value: Syntax | undefined, path: string, scopes: Reading['scopes']) {
  const isEventHandler = /^(?:eventHandler|define\w*EventHandler)$/.test(calleeName(value) ?? '')
  if (!isEventHandler || !OF_NUXT.test(path)) return undefined
  return functionOf(list(value, 'arguments')[0], scopes)
}

function isModuleExports(node: Syntax): boolean {
  const left = child(node, 'left')
  return nameOf(child(left, 'object')) === 'module' && memberName(left) === 'exports'
}

/** A method of an object literal. */
function methodNamed(
  object: Syntax | undefined,
  name: string,
  scopes: Reading['scopes'],
): Syntax | undefined {
  return functionOf(writtenMember(bare(object), name), scopes)
}

const routeOf = (handler: Syntax): Route => ({ handler, before: [], node: handler })

/** `if (req.method !== 'POST') return …` */
function namesPost(handler: Syntax): boolean {
  return [...within(handler)].some((it) => stringOf(it) === 'POST')
}

/** `onRequest` of Firebase, which answers every caller; `onCall` has the user in `auth`. */
function ofFirebase({ script, scopes }: Reading): Route[] {
  return script.all('CallExpression').flatMap((call) => {
    if (calleeName(call) !== 'onRequest') return []
    const handler = functionOf(list(call, 'arguments').at(-1), scopes)
    return handler && !namesPost(handler) ? [{ handler, before: [], node: call }] : []
  })
}

/** `@Get()` of Nest, without `@UseGuards` on the method or its class. */
function ofNest({ script }: Reading): Route[] {
  return script.all('ClassMethod').flatMap((method) => {
    const body = script.parentOf(method)
    const owner = body && script.parentOf(body)
    const names = [method, owner]
      .flatMap((it) => list(it, 'decorators'))
      .map((it) => nameOfMiddleware(child(it, 'expression') ?? it))
    const isOpen =
      names.includes('Get') && !names.some((name) => name === 'UseGuards' || GUARD.test(name))
    return isOpen ? [{ handler: method, before: [], node: method }] : []
  })
}
