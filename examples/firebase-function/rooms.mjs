/**
 * Who may enter a room: `'speaker'`, `'listener'`, or undefined.
 *
 * The rooms of a user stand in the ID token, as the custom claim `rooms`, which only your server can set:
 * `getAuth().setCustomUserClaims(uid, { rooms: { 'room-42': 'speaker' } })`. It reaches the app with the
 * next ID token, an hour later at most. To have a change at once, keep the members in Firestore and read
 * them here.
 */
export function seatOf(room, { claims }) {
  const seat = Object.entries(claims.rooms ?? {}).find(([name]) => name === room)?.[1]
  return seat === 'speaker' || seat === 'listener' ? seat : undefined
}
