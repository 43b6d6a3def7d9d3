import { AsyncLocalStorage } from 'node:async_hooks'

import {
  type Context,
  context,
  type ContextManager,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  trace,
  TraceFlags,
} from '@opentelemetry/api'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { createToken, rtc } from '@rtc-token/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { HOSTILE } from '../../test/support/hostile-throws.ts'
import { BASE, ISSUED, REQUEST } from '../../test/support/token-events.ts'
import { Refusal } from '../errors/refusal.ts'
import { grantedEvent, refusedEvent } from './create-token-event.ts'
import { otel } from './otel.ts'
import { combineTelemetry, type RequestStart } from './telemetry.ts'
import type { RefusedEvent, TokenEvent, TokenIssued } from './token-event.ts'

const issued: TokenIssued = { ...ISSUED, identity: { kind: 'uid', value: 7 }, ttl: 3600 }
const refused = (status: number, code: RefusedEvent['code']): TokenEvent => ({
  ...BASE,
  type: 'token.denied',
  intent: 'mint',
  status,
  code,
})

const unrecognised: TokenEvent = {
  ...BASE,
  type: 'auth.failed',
  intent: 'mint',
  status: 401,
  code: 'unauthenticated',
  reason: 'expired',
  detail: 'The exp of the JWT was 7 s ago',
}

const HEADERS = new Headers({
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
})
const exporter = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
const tracer = provider.getTracer('test')

/** The least that the context of a request needs; the SDK for Node brings the same. */
function asyncContexts(): ContextManager {
  const store = new AsyncLocalStorage<Context>()
  const manager: ContextManager = {
    active: () => store.getStore() ?? ROOT_CONTEXT,
    with: (active, run, self, ...args) => store.run(active, () => run.apply(self, args)),
    bind: (_active, target) => target,
    enable: () => manager,
    disable: () => manager,
  }
  return manager
}

/** Reads `traceparent` of W3C Trace Context, as the propagator of every SDK does. */
const traceparents: TextMapPropagator = {
  inject: () => {},
  fields: () => ['traceparent'],
  extract: (active, carrier, getter) => {
    const header = getter.get(carrier, 'traceparent')
    const [, traceId = '', spanId = ''] = String(header).split('-')
    if (traceId === '') return active
    return trace.setSpanContext(active, { traceId, spanId, traceFlags: TraceFlags.SAMPLED })
  },
}

function spanOf(name: string): ReadableSpan {
  const span = exporter.getFinishedSpans().find((span) => span.name === name)
  if (!span) throw new Error(`no span ${name}`)
  return span
}

describe('otel', () => {
  beforeAll(() => {
    context.setGlobalContextManager(asyncContexts())
    propagation.setGlobalPropagator(traceparents)
  })
  afterAll(() => {
    context.disable()
    propagation.disable()
  })
  beforeEach(() => {
    exporter.reset()
  })

  const telemetry = combineTelemetry(otel({ tracer }))
  const handle = async (run: () => Promise<unknown> | void, start: RequestStart = REQUEST) =>
    telemetry.request?.(start, async () => run())

  it('makes one span of a request and a child of every phase', async () => {
    await handle(async () => {
      for (const name of ['limit', 'authenticate', 'authorize', 'sign'] as const) {
        expect(await telemetry.phase?.(name, async () => name)).toBe(name)
      }
    })
    const names = exporter.getFinishedSpans().map(({ name }) => name)
    expect(names).toEqual(['limit', 'authenticate', 'authorize', 'sign', 'POST /v1/tokens'])
    const request = spanOf('POST /v1/tokens')
    expect(request.kind).toBe(SpanKind.SERVER)
    expect(request.parentSpanContext).toBeUndefined()
    for (const child of exporter.getFinishedSpans().slice(0, -1)) {
      expect(child.parentSpanContext?.spanId).toBe(request.spanContext().spanId)
      expect(child.spanContext().traceId).toBe(request.spanContext().traceId)
    }
  })

  it('runs hooks inside the span of their phase, so that their own spans hang below it', async () => {
    await handle(() =>
      telemetry.phase?.('authorize', async () => {
        await Promise.resolve()
        tracer.startActiveSpan('select from rooms', (span) => span.end())
      }),
    )
    const parent = spanOf('select from rooms').parentSpanContext?.spanId
    expect(parent).toBe(spanOf('authorize').spanContext().spanId)
  })

  it('keeps requests that run at the same time apart', async () => {
    const both = ['a', 'b'].map((channel) =>
      handle(async () => {
        await new Promise((resolve) => setImmediate(resolve))
        telemetry.event?.({ ...issued, channel })
      }),
    )
    await Promise.all(both)
    const spans = exporter.getFinishedSpans()
    expect(spans.map(({ attributes }) => attributes['rtc_token.channel'])).toEqual(['a', 'b'])
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(2)
  })

  it('says on the span of the request what was decided, from inside a phase as well', async () => {
    await handle(() => telemetry.phase?.('sign', async () => telemetry.event?.(issued)))
    expect(spanOf('sign').attributes).toEqual({})
    expect(spanOf('POST /v1/tokens').attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/tokens',
      'http.response.status_code': 200,
      'client.address': '192.0.2.1',
      'rtc_token.request_id': 'r',
      'rtc_token.outcome': 'token.issued',
      'rtc_token.code': 'granted',
      'rtc_token.subject_id': 'alice',
      'rtc_token.intent': 'mint',
      'rtc_token.channel': 'room-42',
      'rtc_token.identity.kind': 'uid',
      'rtc_token.identity.value': '7',
      'rtc_token.role': 'publisher',
      'rtc_token.services': ['rtc', 'rtm'],
      'rtc_token.ttl': 3600,
      'rtc_token.expires_in': 1800,
      'rtc_token.key_id': '1a2b3c4d',
      'rtc_token.fingerprint': '5e6f7a8b',
    })
  })

  it('says why a caller was not recognised', async () => {
    await handle(() => telemetry.event?.(unrecognised))
    expect(spanOf('POST /v1/tokens').attributes).toMatchObject({
      'rtc_token.outcome': 'auth.failed',
      'rtc_token.reason': 'expired',
      'rtc_token.detail': 'The exp of the JWT was 7 s ago',
    })
  })

  it('marks an error at a status of 5xx only', async () => {
    await handle(() => telemetry.event?.(refused(403, 'forbidden')), { ...REQUEST, route: '/403' })
    await handle(() => telemetry.event?.(refused(503, 'policy_timeout')), {
      ...REQUEST,
      route: '/503',
    })
    expect(spanOf('POST /403').status.code).toBe(SpanStatusCode.UNSET)
    expect(spanOf('POST /503').status.code).toBe(SpanStatusCode.ERROR)
    expect(spanOf('POST /503').attributes['error.type']).toBe('policy_timeout')
  })

  it.each([
    ['a hook that throws', new TypeError('secret'), SpanStatusCode.ERROR, 'TypeError'],
    ['a hook that throws anything', 'secret', SpanStatusCode.ERROR, 'string'],
    ['a timeout', new Refusal('policy_timeout'), SpanStatusCode.ERROR, 'policy_timeout'],
    ['a refusal', new Refusal('forbidden'), SpanStatusCode.UNSET, 'forbidden'],
    ['a caller who left', new DOMException('', 'AbortError'), SpanStatusCode.UNSET, 'AbortError'],
  ])('passes on what %s throws, and keeps its kind only', async (_name, error, status, type) => {
    const failing = telemetry.phase?.('authorize', () => Promise.reject(error))
    await expect(failing).rejects.toBe(error)
    const { attributes, events, status: ended } = spanOf('authorize')
    expect(attributes).toEqual({ 'error.type': type })
    expect(ended).toEqual({ code: status })
    expect(events).toEqual([])
  })

  it.each(HOSTILE)('ends the span also when a hook throws %s', async (_name, thrown) => {
    const failing = telemetry.phase?.('authorize', async () => {
      throw thrown
    })
    const caught = await failing?.then(undefined, (error: unknown) => [error])
    expect(Array.isArray(caught) && caught[0] === thrown).toBe(true)
    expect(spanOf('authorize').attributes['error.type']).toMatch(/./)
  })

  const named = { ...REQUEST, header: (name: string) => HEADERS.get(name) }

  it('continues the active trace and not the one that the headers name', async () => {
    await tracer.startActiveSpan('http', async (span) => {
      await handle(() => {}, named)
      span.end()
    })
    const request = spanOf('POST /v1/tokens')
    expect(request.parentSpanContext?.spanId).toBe(spanOf('http').spanContext().spanId)
    expect(request.kind).toBe(SpanKind.INTERNAL)
  })

  it('continues the trace that the headers name where none is active', async () => {
    await handle(() => {}, named)
    const request = spanOf('POST /v1/tokens')
    expect(request.spanContext().traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
    expect(request.parentSpanContext?.spanId).toBe('00f067aa0ba902b7')
    expect(request.kind).toBe(SpanKind.SERVER)
  })

  it('starts a trace where the headers name none', async () => {
    await handle(() => {}, { ...REQUEST, header: () => null })
    expect(spanOf('POST /v1/tokens').parentSpanContext).toBeUndefined()
  })

  it('gives no span the name of a method that a caller made up', async () => {
    await handle(() => {}, { ...REQUEST, method: 'X-7F3A' })
    expect(spanOf('HTTP /v1/tokens').attributes['http.request.method']).toBe('_OTHER')
  })

  it('says nothing of events that belong to no request', async () => {
    telemetry.event?.(issued)
    await handle(() =>
      telemetry.event?.({ type: 'key.changed', time: 0, keyId: '1a2b3c4d', verifierIds: [] }),
    )
    expect(spanOf('POST /v1/tokens').attributes).not.toHaveProperty('rtc_token.key_id')
  })

  it('does nothing without an SDK, and uses one that is registered later', async () => {
    const late = otel()
    expect(await late.request(REQUEST, () => late.phase('sign', async () => 'token'))).toBe('token')
    expect(exporter.getFinishedSpans()).toEqual([])
    trace.setGlobalTracerProvider(provider)
    await late.request(REQUEST, async () => late.event(issued))
    trace.disable()
    expect(spanOf('POST /v1/tokens').instrumentationScope.name).toBe('@rtc-token/server')
  })

  it('lets no secret into a span that was sent, thrown or decided', async () => {
    const token = createToken({
      appId: '970CA35de60c44645bbae8a215061b33',
      appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
      ttl: 60,
      services: [rtc({ channel: 'room', uid: 7, role: 'publisher' })],
    })
    const identity = { account: token }
    const wish = {
      services: ['rtc'],
      channel: token,
      role: 'publisher',
      ttl: 60,
      identity,
    } as const
    const facts = { ...BASE, requestId: token, ip: token, subjectId: token, wish }
    const signed = { granted: wish, token, expiresIn: 60, keyId: '1a2b3c4d', tags: { token } }
    const error = Object.assign(new Error(token), { name: token, code: token })
    const failing = async (): Promise<never> => {
      telemetry.event?.(grantedEvent(facts, signed))
      telemetry.event?.(refusedEvent(facts, 'internal_error'))
      throw error
    }
    const start = { ...REQUEST, requestId: token, method: token, header: () => token }
    const handled = handle(async () => telemetry.phase?.('authorize', failing), start)
    await expect(handled).rejects.toBe(error)
    const seen = exporter.getFinishedSpans().map((span) => {
      const { name, attributes, events, status, links, resource } = span
      return { name, attributes, events, status, links, resource: resource.attributes }
    })
    expect(seen).toHaveLength(2)
    expect(JSON.stringify(seen)).not.toContain(token.slice(0, 40))
  })

  it('refuses what is no tracer', () => {
    const expected = new TypeError('tracer: OpenTelemetry tracer expected, got string')
    expect(() => otel({ tracer: 'jaeger' as never })).toThrow(expected)
  })
})
