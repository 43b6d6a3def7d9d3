import { vi } from 'vitest'

const PROJECT = {
  AGORA_APP_ID: '970CA35de60c44645bbae8a215061b33',
  AGORA_APP_CERTIFICATE: '5CFd2fd1755d40ecb72977518be15d3b',
  TICKET_SECRET: 'a secret of these tests, of 32 letters',
}

for (const [name, value] of Object.entries(PROJECT)) vi.stubEnv(name, value)
/** The server of docs/ui-kits.md, which reads the environment. */
export const { handler, options } = await import('../src/handler.ts')
export const { accessToken } = await import('../src/access-token.ts')
export const { seatOf } = await import('../src/tickets.ts')

/** What the backend gives to a speaker. */
export const SEAT = await seatOf('ann', 'stage', true)

/** What came back. */
export interface Answer {
  readonly status: number
  readonly reply: Readonly<Record<string, unknown>>
}

/** Asks the server of docs/ui-kits.md, without any header, as kits do. */
export async function askAt(url: string): Promise<Answer> {
  const response = await handler.fetch(new Request(url))
  return { status: response.status, reply: (await response.json()) as Answer['reply'] }
}
