import { vi } from 'vitest'

/** A camera's `MediaStreamTrack` that shows nothing. */
class PageTrack extends EventTarget {
  readonly kind = 'video'
  readonly id = 'camera'
  readonly label = 'camera'
  readonly muted = false
  enabled = true
  readyState = 'live'

  getSettings(): object {
    return { width: 640, height: 480 }
  }

  getConstraints(): object {
    return {}
  }

  stop(): void {
    this.readyState = 'ended'
  }
}

class PageStream {
  #tracks: readonly object[]

  constructor(tracks: readonly object[] = []) {
    this.#tracks = tracks
  }

  addTrack(track: object): void {
    this.#tracks = [...this.#tracks, track]
  }

  getTracks(): readonly object[] {
    return this.#tracks
  }

  getVideoTracks(): readonly object[] {
    return this.#tracks
  }

  getAudioTracks(): readonly object[] {
    return []
  }
}

/** Lets a page have tracks. */
export function stubMedia(): void {
  vi.stubGlobal('MediaStream', PageStream)
  vi.stubGlobal('MediaStreamTrack', PageTrack)
  // The SDKs play a track to see how large it is. This page plays nothing.
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue()
}

/** Something to publish. */
export function cameraTrack(): MediaStreamTrack & { readonly kind: 'video' } {
  return new PageTrack() as unknown as ReturnType<typeof cameraTrack>
}
