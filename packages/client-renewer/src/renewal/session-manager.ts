import { badOption } from '@rtc-token/client-renewer/wording'
import type { EventEmitter } from 'eventemitter3'
import { stopwatch } from '../environment/clock.ts'
import { failure, stopped, wordsOf } from '../errors.ts'
import type { RenewerEvents } from '../events.ts'
import type { RenewerActions } from '../renewer-actions.ts'
import type { Settings } from '../renewer-options.ts'
import type { EndCause, SessionAdapter } from '../session-adapter.ts'
import { withTimeLimit } from '../timing/time-limit.ts'
import { createPace } from '../timing/pace.ts'
import { remainingMs, tokenLife } from '../token/token-life.ts'
import { emitSafely, notifyOnce } from './emit-safely.ts'
import { createSession, type Session } from './session.ts'
import type { CurrentPhase, RenewerParts } from './session-state.ts'
import { occupy, sharedClient } from './shared-client.ts'

/**
 * Implements the methods of a renewer. There is at most one session at a time.
 *
 * This function, `createSession` and `runRenewal` are closures because of their size: minifiers shorten the
 * names of variables, but not those of public members. As classes they made the bundle of every page larger.
 */
export function createSessionManager(
  adapter: SessionAdapter,
  settings: Settings,
  emitter: EventEmitter<RenewerEvents>,
): RenewerActions {
  const emit = emitSafely(emitter)
  const notify = notifyOnce(emit)
  const phase: CurrentPhase = {
    now: 'idle',
    set(next) {
      const previous = phase.now
      if (next === previous || previous === 'disposed') return
      phase.now = next
      emit('phase', next, previous)
    },
  }
  const shared = sharedClient(adapter)
  const pace = createPace(settings.clock)
  const parts: RenewerParts = { ...settings, adapter, emit, notify, pace, phase, shared }
  /** Set from the call that begins a session until it is over. */
  let session: Session | undefined
  let leaving: Promise<void> | undefined

  return {
    get phase() {
      return phase.now
    },
    get remainingMs() {
      return remainingMs(session?.life)
    },
    join,
    start(first) {
      const ageMs = stopwatch(settings.clock)
      const life = first === undefined ? undefined : tokenLife(first, ageMs, parts, adapter.scope())
      if (adapter.link() !== 'online') throw stopped()
      // If a listener of `phase` calls `start` in a loop, the token counts as unknown, so that the run is paced.
      begin().start(pace() > 0 ? undefined : life)
      return this
    },
    async renew() {
      session?.hurry('manual')
      if (!session?.reason) throw stopped()
      await session.result
    },
    async leave() {
      stop('left')
      // A listener of `stopped` may have called this already.
      leaving ??= withTimeLimit('LEAVE', settings, () => occupy(shared, adapter.leave())).finally(
        () => (leaving = undefined),
      )
      await leaving
    },
    dispose() {
      end('disposed')
      emitter.removeAllListeners()
    },
  }

  async function join(): Promise<number | string> {
    // A call while a join is in progress waits for that join.
    if (session?.reason !== 'join') {
      const isIdle = phase.now !== 'fresh' && (phase.now !== 'failed' || adapter.link() === 'down')
      if (session?.reason || !isIdle) throw failure('JOIN_FAILED')
      begin().run('join')
    }
    return (await session!.result!).uid!
  }

  /** The session is over, for this cause or because it could not be joined. Called once. */
  function stop(cause?: EndCause): void {
    if (!session) return
    // A renewToken that is never answered is forgotten with its session.
    if (cause) shared.renewal = undefined
    end(cause ? 'stopped' : 'idle')
    if (cause) emit('stopped', cause)
  }

  function end(last: 'idle' | 'stopped' | 'disposed'): void {
    letGo()
    phase.set(last)
  }

  /** Emits nothing, so that a listener cannot start something else in between. */
  function begin(): Session {
    if (phase.now === 'disposed') throw stopped()
    letGo()
    // A leave that is never answered was for the previous session.
    leaving = undefined
    try {
      return (session = createSession(parts, stop))
    } catch (cause) {
      phase.set('idle')
      throw new TypeError(badOption('lifecycle', wordsOf(cause)), { cause })
    }
  }

  function letGo(): void {
    const ending = session
    session = undefined
    ending?.end()
  }
}
