import type { TokenRequest } from '@rtc-token/client-renewer'

/** Which call the page makes. */
export interface LabCall {
  readonly appId: string
  readonly channel: string
  readonly uid: number
  readonly isStrict: boolean
}

/** What a test uses of a client, which is of one of two SDKs. */
interface LabClient {
  readonly connectionState: string
  readonly localTracks: readonly unknown[]
  readonly remoteUsers: readonly {
    readonly uid: string | number
    readonly hasAudio: boolean
    readonly hasVideo: boolean
  }[]
  leave(): Promise<void>
}

/** What a test uses of a track. */
interface LabTrack {
  close(): void
  setEnabled(isEnabled: boolean): Promise<void>
}

/** What a test does with a page of the lab. */
export interface Lab {
  readonly client: LabClient
  readonly camera: LabTrack
  /** Takes the microphone off the air. */
  readonly takeOutMicrophone: () => Promise<void>
  /** What the renewer is doing. */
  readonly phase: () => string
  /** Shows the call in another way. */
  readonly show: (view: Partial<LabView>) => void
  /** Leaves, and joins again at once. */
  readonly again: () => Promise<unknown>
  readonly hangUp: () => Promise<void>
  /** Joins and publishes as the app itself whenever a token has expired, as the SDK's guide says. */
  readonly joinOnExpiry: () => void
}

/** How the call is shown. */
export interface LabView {
  /** Whether the user wants to be in the channel. */
  readonly isCalling: boolean
  /** Whether the hook is told so. */
  readonly isTold: boolean
  readonly channel: string
  readonly key: string
}

declare global {
  interface Window {
    /** The endpoint, from the test. */
    fetchToken: (scope: TokenRequest['scope']) => Promise<{ token: string; expiresIn: number }>
    startPlain: (call: LabCall) => Promise<void>
    startHooks: (call: LabCall) => Promise<void>
    startJoining: (call: LabCall) => Promise<void>
    lab: Lab
  }
}
