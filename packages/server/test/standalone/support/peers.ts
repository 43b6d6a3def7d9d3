export const PEERS = [
  '@opentelemetry/api',
  'ioredis',
  'jose',
  'pino',
  'prom-client',
  'rate-limiter-flexible',
] as const

/** What the server may use and, for most of what it does, go without. */
export type Peer = (typeof PEERS)[number]
