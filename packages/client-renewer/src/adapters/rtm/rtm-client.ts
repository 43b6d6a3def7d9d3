import { type EventSource, listenAll } from '../shared/listen-all.ts'
import type { RtmLinkEvent, RtmTokenEvent } from './rtm-events.ts'

/**
 * The part of a client of `agora-rtm-sdk`, `agora-rtm` or `agora-react-native-rtm` 2.x that the renewer uses. It is a
 * structural type: the adapter never imports an SDK.
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

/** For each client: the listeners that its one set of listeners calls, because it cannot remove that set. */
const kept = /* @__PURE__ */ new WeakMap<RtmClient, Set<RtmListeners>>()

/** Checks whether a client is one of the SDK for React Native. @internal */
export function isReactNative(client: RtmClient): boolean {
  return client.release !== undefined
}

/** Listens to a client. Returns a function that stops listening. @internal */
export function listenTo(client: RtmClient, listeners: RtmListeners): () => void {
  // React Native's client adds a listener under one name and removes it under another.
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

// One function for each event, because this client writes members to its listeners.
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
