const UNITS = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
] as const

/** Formats a duration: seconds up to two minutes, then rounded in the largest unit that fits at least twice. */
export function span(seconds: number): string {
  const unit = UNITS.find(([size]) => seconds >= 2 * size)
  return unit ? `${Math.round(seconds / unit[0])} ${unit[1]}` : `${Math.ceil(seconds)} s`
}

/** Formats a Unix timestamp in UTC. */
export function formatUnixTime(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000', '')
}

/** Says how long ago something ended. */
export function ended(what: string, end: number, now: number): string {
  return `${what} ended ${span(now - end)} ago, at ${formatUnixTime(end)}.`
}

const MAX_LENGTH = 64

/**
 * Quotes a channel or user for a sentence. A long name, or one like an App ID or certificate, is described instead, so
 * that swapped arguments bring no secret into a message.
 */
export function quoteName(name: string): string {
  if (name.length > MAX_LENGTH) return `(a string of ${name.length} characters)`
  if (/[0-9a-f]{32}/i.test(name)) return '(a string with 32 hexadecimal digits)'
  return JSON.stringify(name)
}

/** Like {@link quoteName}, but without quotation marks for a plain word. */
export function plainName(name: string): string {
  return /^[\w-]{1,30}$/.test(name) ? name : quoteName(name)
}
