/**
 * What has become of the page or the device: `wake`: it may have slept; `offline`, `online`: the network
 * is gone, or is back. Being told too often does no harm.
 */
export type LifecycleSignal = 'wake' | 'offline' | 'online'

/** Tells when time may have passed unnoticed and whether there is a network. */
export interface Lifecycle {
  /** Starts to tell, from within this call on. Returns how to stop. */
  subscribe(listener: (signal: LifecycleSignal) => void): () => void
}
