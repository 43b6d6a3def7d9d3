/** A body that is granted, with more members if they are given. */
export function wish(more: object = {}): string {
  return JSON.stringify({ channel: 'room-42', uid: 1234, ...more })
}
