import type { DecodedToken, DecodedToken006, DecodedToken007 } from '@rtc-token/core/inspect'

/** A name and its value, in words. */
export type Field = readonly [name: string, value: string]

/** One service of a token, or what a 006 token grants as a whole. */
interface Grant {
  readonly service: string
  readonly fields: readonly Field[]
}

/** What a token says, in words. */
export interface TokenFields {
  readonly fields: readonly Field[]
  readonly grants: readonly Grant[]
}

type Service = DecodedToken007['services'][number]

/** Puts the content of a token into words. Moments are in local time. */
export function describeToken(token: DecodedToken): TokenFields {
  return token.version === '007' ? describe007(token) : describe006(token)
}

function describe007(token: DecodedToken007): TokenFields {
  const { version, appId, issuedAt, expiresIn, expiresAt, salt, services } = token
  return {
    fields: [
      ['Version', version],
      ['App ID', appId],
      ['Issued', momentOf(issuedAt)],
      ['Lives', `${expiresIn} s, as written`],
      ['Effective end', momentOf(expiresAt)],
      ['Salt', String(salt)],
    ],
    grants: services.map(describeService),
  }
}

function describe006(token: DecodedToken006): TokenFields {
  const { version, appId, tokenExpiresAt, expiresAt, salt, channelCrc32, userCrc32 } = token
  const privileges = Object.entries(token.privileges)
  return {
    fields: [
      ['Version', version],
      ['App ID', appId],
      ['Own end', momentOf(tokenExpiresAt)],
      ['Effective end', momentOf(expiresAt)],
      ['Salt', String(salt)],
      ['Checksum of the channel', String(channelCrc32)],
      ['Checksum of the user', userCrc32 === 0 ? '0: any user' : String(userCrc32)],
    ],
    grants: [
      {
        service: 'privileges',
        fields: privileges.map(([name, end]) => [name, end === 0 ? 'as the token' : momentOf(end)]),
      },
    ],
  }
}

function describeService(claims: Service): Grant {
  const { service, ...rest } = claims
  if (claims.service === 'unknown') {
    const { type, bytes } = claims
    return { service, fields: [['number', `${type}, ${bytes.length} bytes not read`]] }
  }
  const fields = Object.entries(rest).flatMap(([name, value]: [string, unknown]) =>
    name === 'privileges' ? [] : [[name, textOf(value)] as const],
  )
  const privileges = Object.entries(claims.privileges).map(
    ([name, seconds]) => [name, seconds === 0 ? 'as the token' : `${seconds} s`] as const,
  )
  return { service, fields: [...fields, ...privileges] }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value || '(any)' : JSON.stringify(value)
}

/** A moment in unix seconds, in local time. */
export function momentOf(unixSeconds: number): string {
  const date = new Date(unixSeconds * 1000)
  return Number.isNaN(date.getTime()) ? `${unixSeconds}` : date.toLocaleString()
}
