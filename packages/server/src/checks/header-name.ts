const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/

/** Whether a value can be the name of an HTTP header (RFC 9110, section 5.6.2). @internal */
export function isHeaderName(value: unknown): value is string {
  return typeof value === 'string' && HEADER_NAME.test(value)
}
