import {
  createDynamicKey001,
  createDynamicKey002,
  createDynamicKey003,
  createDynamicKey004,
  createDynamicKey005,
  createSignalingToken,
} from '@rtc-token/core/dynamic-key'
import type { OldVector } from './vectors.ts'

const SERVICES = {
  media: 'media',
  recording: 'recording',
  public: 'public-sharing',
  inchannel: 'in-channel-permission',
} as const
const PERMISSIONS: Readonly<Record<number, string>> = { 0: 'no-upload', 3: 'audio-video-upload' }

const CREATE = {
  '001': createDynamicKey001,
  '002': createDynamicKey002,
  '003': createDynamicKey003,
  '004': createDynamicKey004,
  '005': createDynamicKey005,
  signaling: createSignalingToken,
} as const

/** Signs the key that a row asks for, with the functions of `./dynamic-key`. */
export function signOld({ request }: OldVector): string {
  const { version, service, permission, unixTs, expiredTs, ...rest } = request
  const options = {
    ...rest,
    issuedAt: unixTs,
    expiresAt: expiredTs,
    ...(service && { service: SERVICES[service] }),
    ...(permission !== undefined && { permission: PERMISSIONS[permission] }),
  }
  const create: (options: never) => string = CREATE[version]
  return create(options as never)
}
