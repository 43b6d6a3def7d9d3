import type { Ask } from './ask.ts'

/** A request to an endpoint, as strings, because hostile values may be malformed. */
export interface Wish {
  readonly channel: string
  readonly uid?: string
  readonly account?: string
  readonly role?: string
  /** Seconds. */
  readonly ttl?: string
  readonly previousToken?: string
}

/** The form of an endpoint's requests. */
export interface Dialect {
  readonly name: 'contract' | 'agora-token-service' | 'template'
  /** The members of a wish that it can express. */
  readonly has: ReadonlySet<keyof Wish>
  readonly ask: (wish: Wish) => Omit<Ask, 'headers'>
}

const ALL = ['channel', 'uid', 'account', 'role', 'ttl', 'previousToken'] as const

/** `POST` with JSON, as for `@rtc-token/server`. */
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

/** A member as a page would send it: as a number if the text is one. */
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

/** A URL with placeholders such as `{channel}` and `{uid}`, requested with `GET`, or with `POST` if there is a body. */
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

/** Fills a body: a placeholder in quotation marks becomes a string, any other a number if possible. */
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

// Common names in the queries of token endpoints.
const QUERY_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:channel|channel_?name|room|room_?name|cname)$/i, '{channel}'],
  [/^(?:uid|user_?id|user)$/i, '{uid}'],
  [/^role$/i, '{role}'],
  [/^(?:ttl|expiry|expire|expires?_?in|expire_?time|expiration(?:_?time)?)$/i, '{ttl}'],
]

/** The template of a URL with placeholders, or with known names in its query; `undefined` for any other URL. */
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
