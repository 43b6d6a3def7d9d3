import type { ChannelClaims, ServiceLayout } from './service-layout.ts'

/** Ids on the wire. */
export const STREAMING_PRIVILEGE_IDS = { publishMixStream: 1, publishRawStream: 2 } as const

/** The privileges of the Streaming service. */
export type StreamingPrivilege = keyof typeof STREAMING_PRIVILEGE_IDS

/** Pushing streams: into which channel, as whom. */
export type StreamingClaims = ChannelClaims<'streaming'>

/** The Streaming service. */
export const streamingLayout: ServiceLayout<StreamingClaims> = {
  type: 3,
  privilegeIds: STREAMING_PRIVILEGE_IDS,
  fields: { channel: 'text', user: 'text' },
}
