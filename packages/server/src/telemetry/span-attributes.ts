import { redactCredentials } from '../errors/redact-secrets.ts'
import type { RequestStart } from './telemetry.ts'
import type { DecisionEvent } from './token-event.ts'

/** @internal Attributes of a span. OpenTelemetry ignores those that are undefined. */
export type SpanAttributes = Record<string, string | number | string[] | undefined>

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Returns the method for the name of a span. By convention there are few names, but a caller may send any word as a
 * method: unknown ones become `HTTP`.
 *
 * @internal
 */
export function spanMethod(method: string): string {
  return METHODS.has(method) ? method : 'HTTP'
}

/**
 * Returns the attributes known when a request arrives, named by OpenTelemetry's conventions where they define a name.
 *
 * @internal
 */
export function requestAttributes({ requestId, route, method }: RequestStart): SpanAttributes {
  return {
    'http.request.method': METHODS.has(method) ? method : '_OTHER',
    'http.route': route,
    'rtc_token.request_id': redactCredentials(requestId),
  }
}

/**
 * Returns the attributes of a decision and its user.
 *
 * @internal
 */
export function decisionAttributes(event: DecisionEvent): SpanAttributes {
  const { identity } = event
  return {
    'http.response.status_code': event.status,
    'client.address': event.ip,
    'rtc_token.outcome': event.type,
    'rtc_token.code': event.code,
    'rtc_token.subject_id': event.subjectId,
    'rtc_token.intent': event.intent,
    'rtc_token.channel': event.channel,
    'rtc_token.identity.kind': identity?.kind,
    'rtc_token.identity.value':
      identity && 'value' in identity ? String(identity.value) : undefined,
    'rtc_token.role': event.role,
    'rtc_token.services': event.services && [...event.services],
    'rtc_token.ttl': event.ttl,
    ...(event.type === 'auth.failed' && {
      'rtc_token.reason': event.reason,
      'rtc_token.detail': event.detail,
    }),
    ...(event.code === 'granted' && {
      'rtc_token.expires_in': event.expiresIn,
      'rtc_token.key_id': event.keyId,
      'rtc_token.fingerprint': event.tokenFingerprint,
    }),
  }
}
