import { FUNCTION, OBJECT, plainType, requireKind, typeOf } from '../checks/kind.ts'
import type { PhaseName, TokenEvent } from './token-event.ts'

/** What is known of a request when its handling starts. */
export interface RequestStart {
  readonly requestId: string
  /** The name of a route such as `/v1/tokens`, never the path that was asked for. */
  readonly route: string
  readonly method: string
  /**
   * Reads a header of the request, for the propagation of traces. A function, so that no header ends
   * up in a log by printing this object.
   */
  readonly header?: ((name: string) => string | null) | undefined
}

/** Hooks that observe a token server. Every member is optional and costs nothing if absent. */
export interface Telemetry {
  /** Surrounds the handling of a request. Must call `run` once, before it waits for anything else, and return its result. */
  request?<T>(info: RequestStart, run: () => Promise<T>): Promise<T>
  /** Surrounds one phase of it. Must call `run` once and return its result. */
  phase?<T>(name: PhaseName, run: () => Promise<T>): Promise<T>
  /** Receives what was decided; inside `request`, where the event belongs to one. */
  event?(event: TokenEvent): void
}

const HOOKS = ['request', 'phase', 'event'] as const satisfies readonly (keyof Telemetry)[]

/**
 * Combines several telemetries, the first outermost. A part that throws, does not call `run` or returns another result
 * only loses its own observation; the request goes on.
 *
 * @throws {TypeError} when a part is not an object, or a hook of it not a function
 *
 * @example
 * createTokenHandler({ ...options, telemetry: combineTelemetry(otel(), pinoEvents(logger)) })
 */
export function combineTelemetry(...parts: readonly Telemetry[]): Telemetry {
  for (const part of parts) checkTelemetry(part)
  const requesting = parts.filter((part) => part.request !== undefined)
  const phasing = parts.filter((part) => part.phase !== undefined)
  const listening = parts.filter((part) => part.event !== undefined)
  return {
    ...(requesting.length > 0 && {
      request: (info, run) => nest(requesting, (part, inner) => part.request?.(info, inner), run),
    }),
    ...(phasing.length > 0 && {
      phase: (name, run) => nest(phasing, (part, inner) => part.phase?.(name, inner), run),
    }),
    ...(listening.length > 0 && {
      event: (event) => listening.forEach((part) => void tell(part, event)),
    }),
  }
}

type Surround<T> = (part: Telemetry, inner: () => Promise<T>) => Promise<T> | undefined

function nest<T>(
  parts: readonly Telemetry[],
  surround: Surround<T>,
  run: () => Promise<T>,
): Promise<T> {
  const nested = parts.reduceRight(
    (inner, part) => () => guarded((once) => surround(part, once), inner),
    run,
  )
  return nested()
}

// The result is always that of `run`, which is called exactly once even if a part misbehaves. A part that never
// settles does not delay the request.
function guarded<T>(
  surround: (once: () => Promise<T>) => Promise<T> | undefined,
  run: () => Promise<T>,
): Promise<T> {
  let result: Promise<T> | undefined
  const once = (): Promise<T> => (result ??= run())
  try {
    // What rejects here is either what `run` rejects with, which comes out below, or a fault of the part.
    void surround(once)?.then(undefined, () => {})
  } catch {
    // A fault of the part.
  }
  return once()
}

async function tell(part: Telemetry, event: TokenEvent): Promise<void> {
  try {
    // An `async` function is accepted where one without a result is asked for; it may reject.
    const told: unknown = part.event?.(event)
    await told
  } catch {
    // A failing observer must not keep the caller from getting a reply.
  }
}

function checkTelemetry(part: Telemetry): void {
  requireKind(part, OBJECT, 'telemetry', typeOf)
  for (const name of HOOKS) {
    const { [name]: hook } = part
    if (hook !== undefined) requireKind(hook, FUNCTION, `telemetry.${name}`, plainType)
  }
}
