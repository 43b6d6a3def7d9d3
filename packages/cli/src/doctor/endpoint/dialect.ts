import type { Ask } from './ask.ts'

/** What an endpoint is asked for, as texts: a hostile wish need not have the form of a good one. */
export interface Wish {
  readonly channel: string
  readonly uid?: string
  readonly account?: string
  readonly role?: string
  /** Seconds. */
  readonly ttl?: string
  readonly previousToken?: string
}

/** How an endpoint is spoken to. */
export interface Dialect {
  readonly name: 'contract' | 'agora-token-service' | 'template'
  /** Which members of a wish it has a place for. */
  readonly has: ReadonlySet<keyof Wish>
  readonly ask: (wish: Wish) => Omit<Ask, 'headers'>
}

const ALL = ['channel', 'uid', 'account', 'role', 'ttl', 'previousToken'] as const

/** `POST` with JSON, as `@rtc-token/server` answers it. */
export function contractAt(url: string): Dialect {
  return {
    name: 'contract',
    has: new Set(ALL),
    ask: ({ uid, ttl, ...wish }) => ({
      method: 'POST',
      url,
      body: JSON.stringify({ ...wish, ...numberOr('uid', uid), ...numberOr('ttl', ttl) }),
    }),
  }
}

/** A number where the text is one: as a page would send it. */
function numberOr(name: string, text: string | undefined): object {
  return text === undefined ? {} : { [name]: /^\d+$/.test(text) ? Number(text) : text }
}

/** The routes of agora-token-service. */
export function serviceAt(url: string): Dialect {
  const base = url.replace(/\/+$/, '')
  return {
    name: 'agora-token-service',
    has: new Set(['channel', 'uid', 'account', 'role', 'ttl']),
    ask: ({ channel, uid, account, role = 'subscriber', ttl = '600' }) => {
      const user =
        account === undefined
          ? `uid/${encodeURIComponent(uid ?? '1')}`
          : `userAccount/${encodeURIComponent(account)}`
      return {
        method: 'GET',
        url: `${base}/rtc/${encodeURIComponent(channel)}/${encodeURIComponent(role)}/${user}/?expiry=${encodeURIComponent(ttl)}`,
      }
    },
  }
}

const PLACE = /\{(channel|uid|role|ttl)\}/g
const DEFAULTS = { uid: '1', role: 'subscriber', ttl: '600' } as const

/** A URL with places such as `{channel}` and `{uid}`, asked by `GET`; with a body that has places, by `POST`. */
export function templateOf(url: string, body?: string): Dialect {
  const places = [...`${url} ${body ?? ''}`.matchAll(PLACE)].map(([, name]) => name)
  return {
    name: 'template',
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names in the pattern
    has: new Set(places as (keyof Wish)[]),
    ask: (wish) => {
      const filled = fill(url, wish, encodeURIComponent)
      if (body === undefined) return { method: 'GET', url: filled }
      return { method: 'POST', url: filled, body: fillJson(body, wish) }
    },
  }
}

function fill(template: string, wish: Wish, encode: (value: string) => string): string {
  return template.replaceAll(PLACE, (_, name: string) => encode(valueOf(wish, name)))
}

/** A place alone in quotation marks is a string, one without them a number if it can be. */
function fillJson(template: string, wish: Wish): string {
  return template.replaceAll(/"?\{(channel|uid|role|ttl)\}"?/g, (place, name: string) => {
    const value = valueOf(wish, name)
    const text = JSON.stringify(value)
    if (place.startsWith('"') && place.endsWith('"')) return text
    if (place.startsWith('{') && place.endsWith('}')) return /^\d+$/.test(value) ? value : text
    return place.replace(`{${name}}`, () => text.slice(1, -1))
  })
}

function valueOf(wish: Wish, name: string): string {
  const values: Readonly<Record<string, string | undefined>> = { ...DEFAULTS, ...wish }
  return values[name] ?? ''
}

// As people name them in the queries of their endpoints.
const QUERY_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:channel|channel_?name|room|room_?name|cname)$/i, '{channel}'],
  [/^(?:uid|user_?id|user)$/i, '{uid}'],
  [/^role$/i, '{role}'],
  [/^(?:ttl|expiry|expire|expires?_?in|expire_?time|expiration(?:_?time)?)$/i, '{ttl}'],
]

/** The template that a URL is, or that its query is by the names in it; `undefined` where there are no places. */
export function templateIn(url: string): string | undefined {
  if (url.search(PLACE) >= 0) return url
  const { origin, pathname, searchParams } = new URL(url)
  const pairs = [...searchParams].map(([name, value]) => {
    const place = QUERY_NAMES.find(([pattern]) => pattern.test(name))?.[1]
    return `${encodeURIComponent(name)}=${place ?? encodeURIComponent(value)}`
  })
  const query = pairs.join('&')
  return query.includes('={channel}') ? `${origin}${pathname}?${query}` : undefined
}
