import type { ForeignContext, RequestContext } from '../options/handler-options.ts'

const MEMBERS = {
  ip: true,
  parsedBody: true,
  readBody: true,
  isGone: true,
  waitUntil: true,
} as const satisfies Record<keyof RequestContext, true>

/**
 * Tells a context of ours from what hosts pass there by themselves, such as the bindings of a worker,
 * the parameters of a route or the server of Bun: one member that is not ours, and nothing of it is
 * believed. A binding named `ip` must not become everybody's address.
 *
 * @internal
 */
export function ownContext(given: RequestContext | ForeignContext | undefined): RequestContext {
  if (typeof given !== 'object' || given === null) return {}
  return Object.keys(given).every((name) => Object.hasOwn(MEMBERS, name)) ? given : {}
}
