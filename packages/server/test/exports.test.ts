import { describe, expect, it } from 'vitest'

import * as lambda from '../src/adapters/aws-lambda.ts'
import * as fastify from '../src/adapters/fastify.ts'
import * as node from '../src/adapters/node.ts'
import * as agoraRest from '../src/agora-rest/agora-rest.ts'
import * as jwt from '../src/auth/bearer-jwt.ts'
import * as main from '../src/index.ts'
import * as keyFile from '../src/keys/file-keys.ts'
import * as flexible from '../src/limit/flexible-limiter.ts'
import * as redis from '../src/limit/redis-limiter.ts'
import * as notifications from '../src/notifications/notification-handler.ts'
import * as redisRemovals from '../src/removal/redis-removals.ts'
import * as otel from '../src/telemetry/otel.ts'
import * as pino from '../src/telemetry/pino-events.ts'
import * as prometheus from '../src/telemetry/prometheus.ts'

const namesOf = (module: object): string[] => Object.keys(module).toSorted()

describe('the names this package exports', () => {
  it('are these', () => {
    expect(namesOf(main)).toMatchInlineSnapshot(`
      [
        "AuthenticatorUnavailable",
        "PROJECT_VARIABLES",
        "PUBLISHED_PREFIXES",
        "Refusal",
        "UNSAFE_TAGS",
        "allocateUid",
        "allow",
        "appIdFromEnv",
        "asyncKeys",
        "bunContext",
        "certificateKeys",
        "cloudflareContext",
        "cloudflareLimiter",
        "combineTelemetry",
        "createTickets",
        "createTokenHandler",
        "denoContext",
        "deny",
        "envKeys",
        "firstOf",
        "memoryLimiter",
        "memoryRemovals",
        "projectFromEnv",
        "redactSecrets",
        "reportOnly",
        "rules",
        "session",
        "sharedSecret",
        "subjectIdOf",
        "unauthenticated",
        "unsafeAllowEveryone",
        "upstashLimiter",
      ]
    `)
  })

  it('are few in each part that has a peer of its own', () => {
    const adapters = {
      node,
      fastify,
      lambda,
      jwt,
      keyFile,
      flexible,
      redis,
      notifications,
      agoraRest,
    }
    const parts = { ...adapters, redisRemovals, prometheus, otel, pino }
    const names = Object.entries(parts).map(([part, module]) => [part, namesOf(module)])
    expect(Object.fromEntries(names)).toMatchInlineSnapshot(`
      {
        "agoraRest": [
          "AgoraRestError",
          "createAgoraRest",
          "memoryPace",
          "redisPace",
        ],
        "fastify": [
          "toFastifyPlugin",
        ],
        "flexible": [
          "flexibleLimiter",
        ],
        "jwt": [
          "AuthenticatorUnavailable",
          "bearerJwt",
        ],
        "keyFile": [
          "fileKeys",
        ],
        "lambda": [
          "toLambdaHandler",
        ],
        "node": [
          "toNodeListener",
        ],
        "notifications": [
          "NotificationRefused",
          "createNotificationHandler",
          "memoryNotices",
          "redisNotices",
        ],
        "otel": [
          "otel",
        ],
        "pino": [
          "REDACT",
          "pinoEvents",
        ],
        "prometheus": [
          "prometheus",
        ],
        "redis": [
          "SAFE_REDIS_OPTIONS",
          "redisLimiter",
        ],
        "redisRemovals": [
          "redisRemovals",
        ],
      }
    `)
  })
})
