import type { HeardEvent } from '../../../server/moderation/moderation.ts'
import type { Note } from './tell-story.ts'

/**
 * Writes into the log what the server hears from Agora's notifications, from now on.
 *
 * @param noteOf - what writes lines about a user; `undefined` for the channel itself
 */
export function hearAgora(noteOf: (uid: number | undefined) => Note): void {
  const stream = new EventSource('/demo/heard')
  stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const event: HeardEvent = JSON.parse(data)
    noteOf(event.uid)('agora', textOf(event), event.reason === 'removed' ? 'warn' : 'plain')
  })
}

/** The words for an event. */
function textOf({ type, uid, reason, role }: HeardEvent): string {
  const why = reason ?? (type === 'user.role' ? role : undefined)
  const what = why === undefined ? type : `${type}, ${why}`
  return `Agora notifies: ${what}${uid === undefined ? '' : ` (${uid})`}`
}
