import { isRecord } from '../platform/json-record.ts'

/** What a member can publish: the microphone's kind and the camera's. */
export type StreamKind = 'audio' | 'video'

/** Something that a member publishes. */
export interface Stream {
  readonly kind: StreamKind
  readonly ssrc: number
  readonly isMuted: boolean
}

/** Reads the streams that a `publish`, `unpublish` or `control` message is about. */
export function readStreams(message: Readonly<Record<string, unknown>>): readonly Stream[] {
  const entries: unknown[] = Array.isArray(message['ortc']) ? message['ortc'] : []
  return entries.filter(isRecord).map((entry) => ({
    kind: entry['stream_type'] === 'audio' ? 'audio' : 'video',
    ssrc: ssrcOf(entry['ssrcs']),
    isMuted: false,
  }))
}

function ssrcOf(ssrcs: unknown): number {
  const [first]: unknown[] = Array.isArray(ssrcs) ? ssrcs : []
  return isRecord(first) ? Number(first['ssrcId']) || 0 : 0
}
