import { FUNCTION, OBJECT, plainType, requireKind, typeOf } from '../checks/kind.ts'
import type { PhaseName, TokenEvent } from './token-event.ts'

/** What `Telemetry.request` knows about a request. */
export interface RequestStart {
  readonly requestId: string
  /** The name of the endpoint, such as `/v1/tokens`; never the requested path. */
  readonly route: string
  readonly method: string
  /** Reads a header of the request, to continue a trace. A function, so that printing this object shows no header. */
  readonly header?: ((name: string) => string | null) | undefined
}

/** Hooks that observe a token server. All are optional. An error in a hook does not affect the request. */
export interface Telemetry {
  /** Wraps the handling of a request. Must call `run` once, before it awaits anything else, and return its result. */
  request?<T>(info: RequestStart, run: () => Promise<T>): Promise<T>
  /** Wraps one phase of a request. Must call `run` once and return its result. */
  phase?<T>(name: PhaseName, run: () => Promise<T>): Promise<T>
  /** Receives every event. An event of a request arrives while `request` runs. */
  event?(event: TokenEvent): void
}

const HOOKS = ['request', 'phase', 'event'] as const satisfies readonly (keyof Telemetry)[]

/**
 * Combines several telemetries; the first wraps the others. If one throws, does not call `run` or returns another
 * result, the request continues and the others still observe it.
 *
 * @throws {TypeError} when a part is not an object, or one of its hooks is not a function
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
    // This rejects either with the rejection of `run`, which is returned below, or with a fault of the part.
    void surround(once)?.then(undefined, () => {})
  } catch {
    // A fault of the part.
  }
  return once()
}

async function tell(part: Telemetry, event: TokenEvent): Promise<void> {
  try {
    // TypeScript accepts an `async` function here, and it may reject.
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
