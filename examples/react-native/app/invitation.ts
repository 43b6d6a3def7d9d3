import type { Role } from './engine.ts'

export interface Invitation {
  readonly url: string
  readonly appId: string
  readonly channel: string
  readonly role: Role
  readonly ticket: string
}

/** Reads what the server has printed for a guest, or returns undefined. */
export function readInvitation(text: string): Invitation | undefined {
  const [server, rest] = text.trim().split('/#')
  const { appId, channel, role, ticket } = Object.fromEntries(new URLSearchParams(rest))
  if (!appId || !channel || !ticket) return undefined
  const url = `${server}/v1/tokens`
  return { url, appId, channel, ticket, role: role === 'publisher' ? role : 'subscriber' }
}
