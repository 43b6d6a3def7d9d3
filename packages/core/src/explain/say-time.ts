/** From here on a number of seconds is a moment (September 2001 or later), below it is a length. */
export const LOOKS_ABSOLUTE = 1_000_000_000

const UNITS = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'minutes'],
] as const

/** Says a length of time: seconds up to two minutes, then rounded in the largest unit that fits twice. */
export function span(seconds: number): string {
  const unit = UNITS.find(([size]) => seconds >= 2 * size)
  return unit ? `${Math.round(seconds / unit[0])} ${unit[1]}` : `${Math.ceil(seconds)} s`
}

/** Says a moment given in unix seconds, in UTC. */
export function moment(at: number): string {
  return new Date(at * 1000).toISOString().replace('.000', '')
}
