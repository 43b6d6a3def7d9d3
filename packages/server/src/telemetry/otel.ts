import {
  type Context,
  context,
  createContextKey,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { PROBLEM_STATUS } from '@rtc-token/core/contract'

import { kind, plainType, requireKind } from '../checks/kind.ts'
import { isProblemCode } from '../errors/failure.ts'
import { isA, textOf } from '../errors/thrown.ts'
import { redactSecrets } from '../errors/redact-secrets.ts'
import { decisionAttributes, requestAttributes, spanMethod } from './span-attributes.ts'
import type { RequestStart, Telemetry } from './telemetry.ts'
import type { DecisionEvent } from './token-event.ts'

/** Options of {@link otel}. */
export interface OtelOptions {
  /** Default: the tracer `@rtc-token/server` of the globally registered provider. */
  readonly tracer?: Tracer
}

const TRACER = kind('OpenTelemetry tracer', isTracer)
const REQUEST_SPAN = createContextKey('rtc-token request span')

/**
 * Creates telemetry that traces each request as one span, with a child span for every phase. It uses
 * `@opentelemetry/api` only and does nothing without an SDK. Your hooks run inside the span of their phase. A request
 * continues the active trace, or the trace in its headers. Only a status of 5xx marks an error. Nested spans need a
 * context manager, which the SDKs for Node and for browsers register.
 *
 * @throws {TypeError} when `tracer` is not a tracer
 *
 * @example
 * createTokenHandler({ ...options, telemetry: otel() })
 */
export function otel(options: OtelOptions = {}): Required<Telemetry> {
  const { tracer = trace.getTracer('@rtc-token/server') } = options
  requireKind(tracer, TRACER, 'tracer', plainType)
  return {
    request: (info, run) => traceRequest(tracer, info, run),
    phase: (name, run) => tracer.startActiveSpan(name, (span) => ended(span, run)),
    event(event) {
      const span = context.active().getValue(REQUEST_SPAN)
      if ('requestId' in event && isSpan(span)) describeDecision(span, event)
    },
  }
}

function traceRequest<T>(tracer: Tracer, info: RequestStart, run: () => Promise<T>): Promise<T> {
  const traced = trace.getSpan(context.active()) !== undefined
  const parent = traced ? context.active() : incomingContext(info)
  // An active span is that of the host's own instrumentation, which has already made the server span.
  const kind = traced ? SpanKind.INTERNAL : SpanKind.SERVER
  const name = `${spanMethod(info.method)} ${info.route}`
  const span = tracer.startSpan(name, { kind, attributes: requestAttributes(info) }, parent)
  const inside = trace.setSpan(parent, span).setValue(REQUEST_SPAN, span)
  return context.with(inside, () => ended(span, run))
}

function incomingContext({ header }: RequestStart): Context {
  if (!header) return context.active()
  const get = (read: typeof header, name: string): string | undefined => read(name) ?? undefined
  return propagation.extract(context.active(), header, { get, keys: () => [] })
}

async function ended<T>(span: Span, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    describeFailure(span, error)
    throw error
  } finally {
    span.end()
  }
}

function describeDecision(span: Span, event: DecisionEvent): void {
  if (!span.isRecording()) return
  span.setAttributes(decisionAttributes(event))
  if (event.status < 500) return
  span.setAttribute('error.type', event.code)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

// Without `recordException`: messages and stacks come from other code and may contain secrets.
function describeFailure(span: Span, error: unknown): void {
  const code = problemCode(error)
  const name = isA(error, Error) ? redactSecrets(textOf(error, 'name') ?? 'Error') : typeof error
  span.setAttribute('error.type', code ?? name)
  const isFailure = code === undefined ? name !== 'AbortError' : PROBLEM_STATUS[code] >= 500
  if (isFailure) span.setStatus({ code: SpanStatusCode.ERROR })
}

function problemCode(error: unknown): keyof typeof PROBLEM_STATUS | undefined {
  const code = isA(error, Error) ? textOf(error, 'code') : undefined
  return isProblemCode(code) ? code : undefined
}

function isTracer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'startActiveSpan' in value
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'spanContext' in value
}
