import type { JoinRequest, SessionSink } from '../../src/session-adapter.ts'

/** A request to join, as the renewer makes it. */
export function request(token = '007next'): JoinRequest {
  return { token, user: undefined, signal: new AbortController().signal }
}

/** A sink that notes what it is told: causes and notices by their own names. */
export function sinkOf(calls: string[]): SessionSink {
  return {
    willExpire: () => calls.push('willExpire'),
    expired: () => calls.push('expired'),
    linkChanged: () => calls.push('linkChanged'),
    ended: (cause) => calls.push(cause),
    notice: ({ code }) => calls.push(code),
  }
}
