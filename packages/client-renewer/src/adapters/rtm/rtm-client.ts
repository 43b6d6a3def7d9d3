import { type EventSource, listenAll } from '../shared/listen-all.ts'
import type { RtmLinkEvent, RtmTokenEvent } from './rtm-events.ts'

/**
 * The part of a client of `agora-rtm-sdk`, `agora-rtm` or `agora-react-native-rtm` 2.x that the renewer
 * uses, by shape: no SDK is ever imported.
 */
export interface RtmClient {
  login(options: { token: string }): Promise<unknown>
  logout(): Promise<unknown>
  renewToken(token: string, options?: { channelName: string }): Promise<unknown>
  addEventListener(event: string, listener: (event: never) => void): void
  removeEventListener(event: string, listener?: (event: never) => void): void
  /** On React Native only. */
  release?(): unknown
}

/** What the renewer listens to. @internal */
export interface RtmListeners {
  tokenPrivilegeWillExpire(channelName?: string): void
  token(event: RtmTokenEvent): void
  linkState(event: RtmLinkEvent): void
  status(event: RtmLinkEvent): void
}

/** By client: whose listeners are called by the one set of listeners that it cannot remove. */
const kept = /* @__PURE__ */ new WeakMap<RtmClient, Set<RtmListeners>>()

/** Whether the client is one of the SDK for React Native. @internal */
export function isReactNative(client: RtmClient): boolean {
  return client.release !== undefined
}

/** Listens to a client. Returns how to stop. @internal */
export function listenTo(client: RtmClient, listeners: RtmListeners): () => void {
  // React Native's client adds listeners under one name and removes them under another.
  if (isReactNative(client)) return listenForEver(client, listeners)
  const source: EventSource = {
    on: (event, listener) => client.addEventListener(event, listener),
    off: (event, listener) => client.removeEventListener(event, listener),
  }
  return listenAll(source, { ...listeners })
}

function listenForEver(client: RtmClient, listeners: RtmListeners): () => void {
  let all = kept.get(client)
  if (!all) kept.set(client, (all = addOneSet(client)))
  all.add(listeners)
  return () => all.delete(listeners)
}

// A function for each event: this client writes members to the functions that it is given.
function addOneSet(client: RtmClient): Set<RtmListeners> {
  const all = new Set<RtmListeners>()
  const call = (act: (listeners: RtmListeners) => void) => {
    for (const listeners of all) act(listeners)
  }
  const one: RtmListeners = {
    tokenPrivilegeWillExpire: (name) => call((it) => it.tokenPrivilegeWillExpire(name)),
    token: (event) => call((it) => it.token(event)),
    linkState: (event) => call((it) => it.linkState(event)),
    status: (event) => call((it) => it.status(event)),
  }
  for (const [event, listener] of Object.entries(one)) client.addEventListener(event, listener)
  return all
}
