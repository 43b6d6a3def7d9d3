import type { Privileges } from '../wire/privilege-map.ts'

/** Joining, and publishing too if that is granted, with one value for all. */
export function rtcPrivileges(mayPublish: boolean, value: number): Privileges {
  if (!mayPublish) return { joinChannel: value }
  return {
    joinChannel: value,
    publishAudioStream: value,
    publishVideoStream: value,
    publishDataStream: value,
  }
}
