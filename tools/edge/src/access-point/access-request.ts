import { isRecord, textOf } from '../platform/json-record.ts'
import { memberOf } from '../sessions/join-request.ts'
import type { Member } from '../platform/member.ts'

/** What the edge uses of a request to the access point. */
export interface AccessRequest {
  readonly appId: string
  readonly opid: unknown
  readonly wishes: readonly AccessWish[]
}

/** One entry of `request_bodies`: a token, its user, and the services wanted. */
export interface AccessWish {
  readonly uri: number
  readonly token: string
  readonly member: Member
  readonly serviceIds: readonly number[]
}

/** Reads the form the SDK posts; `undefined` when it is anything else. */
export async function readAccessRequest(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<AccessRequest | undefined> {
  const json = await readRequestField(body, contentType)
  if (!isRecord(json) || !Array.isArray(json['request_bodies'])) return undefined
  const wishes = json['request_bodies'].filter(isRecord).map(readWish)
  return { appId: textOf(json, 'appid'), opid: json['opid'], wishes }
}

function readWish(entry: Readonly<Record<string, unknown>>): AccessWish {
  const buffer = isRecord(entry['buffer']) ? entry['buffer'] : {}
  const detail = isRecord(buffer['detail']) ? buffer['detail'] : {}
  const ids: unknown[] = Array.isArray(buffer['service_ids']) ? buffer['service_ids'] : []
  return {
    uri: Number(entry['uri']),
    // A first request names the token `key`, one for a fresh gateway names it `token`.
    token: textOf(buffer, 'key') || textOf(buffer, 'token'),
    member: memberOf(textOf(buffer, 'cname'), buffer['uid'], detail['6']),
    serviceIds: ids.map(Number),
  }
}

// The platform's own reader of forms does the work; it throws on anything else.
async function readRequestField(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<unknown> {
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData()
    const field = form.get('request')
    return typeof field === 'string' ? JSON.parse(field) : undefined
  } catch {
    return undefined
  }
}
