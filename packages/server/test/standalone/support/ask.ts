import { SignJWT } from 'jose'

import { JWT_SECRET } from './running-server.ts'

/** Makes a JWT as the application's own backend would. */
export async function jwt(
  claims: Readonly<Record<string, unknown>> = { channels: ['room-*'] },
  { secret = JWT_SECRET, sub = 'alice' } = {},
): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setIssuer('rtc-token')
    .setAudience('rtc-token-server')
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(secret))
}

/** Asks for a token, with more headers where a proxy would add some. */
export async function ask(
  url: string,
  bearer: string | undefined,
  wish: Readonly<Record<string, unknown>> = { channel: 'room-42' },
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const reply = await fetch(`${url}/v1/tokens`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...more,
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(wish),
  })
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}
