import { allow, type Ask, type Decision, deny } from '@rtc-token/server'
import type { Guest } from './guests.ts'

/** The one room of the demo. */
export const CHANNEL = 'rtc-token-demo'

/** The hook that every app writes: who may get what. Here: every guest may publish, in one room. */
export function authorize({ subject, wish }: Ask<Guest>): Decision {
  if (wish.channel !== CHANNEL) return deny('channel_forbidden')
  return allow({ identity: { uid: subject.uid }, role: 'publisher' })
}
