import { allocateUid, createTickets } from '@rtc-token/server'

export interface Guest {
  readonly id: string
  readonly uid: number
}

/** Where the kits find the handler. It may stand below any path. */
const TOKENS = process.env['TOKENS_URL'] ?? 'http://localhost:3000/agora'

export const tickets = createTickets<Guest>({ secrets: [process.env['TICKET_SECRET']!] })

/** Behind your login: what the page gets for one call. */
export async function seatOf(id: string, channel: string, speaks: boolean) {
  const uid = allocateUid(id, channel)
  const role = speaks ? 'publisher' : 'subscriber'
  const scope = { channel, role, userId: String(uid) } as const
  const ticket = await tickets.issue({ id, uid }, '4h', scope)
  return { channel, uid, speaks, tokenUrl: `${TOKENS}/t/${ticket}` }
}
