import { createHash, timingSafeEqual } from 'node:crypto'
import { isRecord } from '../platform/json-record.ts'
import { answerQuery } from './channel-queries.ts'
import { answerRule } from './kicking-rules.ts'
import type { Customer, RestAnswer, RestApiOptions } from './rest-options.ts'

/** A call of the REST API. */
interface RestCall {
  readonly method: string
  /** With the query. */
  readonly path: string
  /** The header `Authorization`. */
  readonly authorization: string
  readonly body: Uint8Array
}

/** Answers a call of the channel management API. */
export type RestApi = (call: RestCall) => RestAnswer

const HOSTS: ReadonlySet<string> = new Set(['api.agora.io', 'api.sd-rtn.com'])
const RULES = '/dev/v1/kicking-rule'
const USERS = '/dev/v1/channel/user/'

/** Whether a host is one of the REST API. */
export function isRestHost(host: string): boolean {
  return HOSTS.has(host)
}

/** Creates the platform's channel management API: bans, and who is in a channel. */
export function createRestApi(options: RestApiOptions): RestApi {
  return ({ method, path, authorization, body }) => {
    if (!isCustomer(options.customer, authorization)) {
      return { status: 401, json: { message: 'Invalid authentication credentials' } }
    }
    const { pathname, searchParams } = new URL(path, 'https://api.agora.io')
    if (pathname === RULES) {
      const json = method === 'GET' ? Object.fromEntries(searchParams) : readJson(body)
      if (!isRecord(json)) return { status: 400, json: { message: 'not a JSON object' } }
      return answerRule(options, method, json)
    }
    if (method === 'GET' && pathname.startsWith(USERS)) {
      return answerQuery(options, pathname.slice(USERS.length).split('/').map(decodeURIComponent))
    }
    return { status: 404, json: { message: 'no Route matched with those values' } }
  }
}

function isCustomer(customer: Customer | undefined, authorization: string): boolean {
  if (customer === undefined) return false
  const { customerId, customerSecret } = customer
  const credential = Buffer.from(`${customerId}:${customerSecret}`).toString('base64')
  return timingSafeEqual(digest(authorization), digest(`Basic ${credential}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
