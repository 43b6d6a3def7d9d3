/**
 * Receives Agora's notifications ("webhooks") about channels. It verifies each one and passes it to your hook once.
 *
 * @module
 */

import { FUNCTION, integer, OBJECT, oneOf, optional, own, readMembers } from '../checks/kind.ts'
import { printError } from '../errors/failure.ts'
import { tell } from '../errors/fault-report.ts'
import { isA } from '../errors/thrown.ts'
import { Refusal } from '../errors/refusal.ts'
import { type Body, parseBody, readBody } from '../http/body.ts'
import type { HostedHandler } from '../http/hosted-handler.ts'
import { jsonReply, type PlainReply } from '../http/reply.ts'
import { type HostContext, ownContext, type RequestContext } from '../http/request-context.ts'
import { within } from '../time/deadline.ts'
import { memoryNotices, type NoticeStore } from './notice-stores.ts'
import { type AgoraNotification, readNotification } from './notification.ts'
import {
  createSignatureCheck,
  type NotificationSignature,
  type SignatureCheck,
} from './signature-check.ts'

export type {
  AgoraNotification,
  ChannelEvent,
  ChannelLife,
  ChannelRole,
  LeaveReason,
  NotificationEnvelope,
  OtherNotification,
  UserEvent,
  UserJoined,
  UserLeft,
  UserRoleChanged,
} from './notification.ts'
export {
  memoryNotices,
  type MemoryNoticesOptions,
  type NoticeRedis,
  type NoticeStore,
  redisNotices,
} from './notice-stores.ts'
export type { NotificationSignature } from './signature-check.ts'
export type { HostedHandler } from '../http/hosted-handler.ts'

/** Options of {@link createNotificationHandler}. */
export interface NotificationHandlerOptions {
  /** The secret that the Agora console shows for notifications; a list while one secret replaces another. */
  readonly secret: string | readonly string[]
  /** Receives each event once. If it throws, the error goes to `onError` and Agora still gets a 200. */
  readonly onEvent: (event: AgoraNotification) => unknown
  /** Receives an event that Agora delivers again. Default: a repeated event is dropped. */
  readonly onRepeat?: (event: AgoraNotification) => unknown
  /**
   * The header to verify. Default `'v2'`; `'v1'` reads only the older header, for senders that do not set the new one.
   */
  readonly signature?: NotificationSignature
  /** The largest difference between `notifyMs` and this server's clock: integer 10 to 3600. Default 300. */
  readonly toleranceSeconds?: number
  /**
   * Remembers which events have arrived. Default `memoryNotices()`; with several processes, `redisNotices({ client })`.
   */
  readonly notices?: NoticeStore
  /**
   * Milliseconds that a reply waits for the hook: integer 1 to 9000. Default 5000. Agora sends again after 10 seconds.
   */
  readonly timeoutMs?: number
  /** Receives every refusal. Default: refusals are not reported, because anyone can cause them. */
  readonly onRefused?: (refusal: NotificationRefused) => unknown
  /** Receives what a hook or the store throws, and mistakes in the setup (status 500). Default: `console.error`. */
  readonly onError?: (error: unknown) => unknown
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

/** A notification was refused. The message quotes nothing of it. */
export class NotificationRefused extends Error {
  override readonly name = 'NotificationRefused'
  readonly code: NotificationRefusalCode

  constructor(code: NotificationRefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Why a notification was refused; the reply contains the code too. Status 401: `signature_invalid`, and
 * `notification_stale`, sent more than `toleranceSeconds` from this server's clock. 400: `notification_malformed` and
 * `body_unreadable`. 405: `method_not_allowed`. 408: `body_timeout`, after 5 seconds. 413: `body_too_large`, above
 * 64 KiB. 500: `body_parsed`, the app parsed the body first.
 */
export type NotificationRefusalCode = keyof typeof STATUS

const STATUS = {
  method_not_allowed: 405,
  body_parsed: 500,
  body_timeout: 408,
  body_too_large: 413,
  body_unreadable: 400,
  signature_invalid: 401,
  notification_malformed: 400,
  notification_stale: 401,
} as const

const WORDING = {
  whole: 'createNotificationHandler options',
  member: 'createNotificationHandler: ',
}
const OPTIONS = {
  secret: own(readSecrets),
  onEvent: FUNCTION,
  onRepeat: optional(FUNCTION),
  signature: optional(oneOf('v2', 'v1'), 'v2'),
  toleranceSeconds: optional(integer(10, 3600), 300),
  notices: optional(OBJECT),
  timeoutMs: optional(integer(1, 9000), 5000),
  onRefused: optional(FUNCTION, () => {}),
  onError: optional(FUNCTION, (error: unknown) => printError(error, '')),
  clock: optional(FUNCTION, () => Date.now()),
}

interface Settings extends Required<Omit<NotificationHandlerOptions, 'secret' | 'onRepeat'>> {
  readonly onRepeat: ((event: AgoraNotification) => unknown) | undefined
  readonly isSigned: SignatureCheck
}

// Channel events are much smaller; the file lists of recordings fit as well.
const MAX_BYTES = 65_536
const BODY_MS = 5000
const STORE_MS = 250
// Twice the longest tolerance. Agora gives up after three more attempts, well within an hour.
const REMEMBER_SECONDS = 7200
// Some hosts hold the reply until this work ends, and Agora waits ten seconds.
const WORK_MS = 9000

/**
 * Creates an endpoint for Agora's notifications. Mount it with the same adapters as the token handler, at any path,
 * and before body parsers: the signature covers the unparsed body.
 *
 * A notification is accepted when its signature and its time are right. The reply is 200 once `onEvent` has finished,
 * or after `timeoutMs`. If the store of notices fails or takes more than 250 ms, the hook may receive an event twice.
 * Agora delivers events in any order: sort those of one user by `clientSeq`.
 *
 * @throws {TypeError} when an option is missing, unknown, of the wrong type or out of range
 * @see https://docs.agora.io/en/video-calling/advanced-features/receive-notifications
 *
 * @example
 * const notifications = createNotificationHandler({
 *   secret: process.env.AGORA_NOTIFICATION_SECRET,
 *   onEvent: async (event) => {
 *     if (event.type === 'user.left') await rooms.left(event.channel, event.uid, event.reason)
 *   },
 * })
 * app.use('/agora/notifications', toNodeListener(notifications))
 */
export function createNotificationHandler(options: NotificationHandlerOptions): HostedHandler {
  const { secret, ...read } = readMembers(options, WORDING, OPTIONS)
  const isSigned = createSignatureCheck(secret, read.signature)
  const settings: Settings = { ...read, notices: read.notices ?? memoryNotices(), isSigned }
  const respond = (request: Request, context: HostContext = {}): Promise<PlainReply> =>
    answer(settings, request, context)
  return {
    respond,
    async fetch(request, context) {
      const { body, ...init } = await respond(request, ownContext(context))
      return new Response(body, init)
    },
    serves: () => true,
  }
}

async function answer(
  settings: Settings,
  request: Request,
  context: RequestContext,
): Promise<PlainReply> {
  const requestId = crypto.randomUUID()
  try {
    await hear(settings, await receive(settings, request, context), context)
    return jsonReply({ received: true }, requestId)
  } catch (error) {
    return jsonReply(refusalOf(settings, error), requestId, statusOf(error))
  }
}

function refusalOf({ onRefused, onError }: Settings, error: unknown): { readonly code: string } {
  const isRefusal = isA(error, NotificationRefused)
  if (isRefusal) void tell(onRefused, error)
  if (statusOf(error) === 500) void tell(onError, error)
  return { code: isRefusal ? error.code : 'internal_error' }
}

function statusOf(error: unknown): number {
  return isA(error, NotificationRefused) ? STATUS[error.code] : 500
}

/** Checks a request, and its signature before the body is parsed. */
async function receive(
  { isSigned, toleranceSeconds, clock }: Settings,
  request: Request,
  context: RequestContext,
): Promise<AgoraNotification> {
  if (request.method !== 'POST') refuse('method_not_allowed', 'POST expected')
  const body = await readRaw(request, context)
  if (!('bytes' in body))
    refuse('body_parsed', 'Mount this handler before express.json() and other body parsers')
  if (!(await isSigned(request.headers, new Uint8Array(body.bytes)))) {
    refuse('signature_invalid', 'The body is not signed with any of the secrets')
  }
  const event = readNotification(parseSigned(body))
  if (!event) refuse('notification_malformed', 'The body is not a notification')
  const seconds = Math.round(Math.abs(clock() - event.notifyMs) / 1000)
  if (seconds <= toleranceSeconds) return event
  return refuse('notification_stale', `Sent ${seconds} s from this server's clock`)
}

async function readRaw(request: Request, context: RequestContext): Promise<Body> {
  try {
    return await readBody(request, context, BODY_MS, MAX_BYTES)
  } catch (error) {
    const code = isA(error, Refusal) ? error.code : undefined
    if (code === 'body_too_large' || code === 'body_timeout') refuse(code, `Refused: ${code}`)
    return refuse('body_unreadable', 'The body could not be read to the end')
  }
}

function parseSigned(body: Body): unknown {
  try {
    return parseBody(body)
  } catch {
    return undefined
  }
}

async function hear(
  settings: Settings,
  event: AgoraNotification,
  context: RequestContext,
): Promise<void> {
  const { onEvent, onRepeat, onError, timeoutMs } = settings
  const hook = (await isFirst(settings, event)) ? onEvent : onRepeat
  if (!hook) return
  const work = tell(async () => {
    try {
      await hook(event)
    } catch (error) {
      await onError(error)
    }
  })
  context.waitUntil?.(within(WORK_MS, work))
  await within(timeoutMs, work)
}

// While the store fails, the hook may receive an event twice, which is better than never.
async function isFirst({ notices, onError }: Settings, event: AgoraNotification): Promise<boolean> {
  let isNew = true
  const asked = (async () => {
    isNew = await notices.claim(event.noticeId, REMEMBER_SECONDS)
  })()
  try {
    const isInTime = await within(STORE_MS, asked)
    if (isInTime) return isNew
    throw new Error(`notices: no answer within ${STORE_MS} ms`)
  } catch (error) {
    void tell(onError, error)
    return true
  }
}

function readSecrets(given: string | readonly string[]): readonly string[] {
  const secrets = typeof given === 'string' ? [given] : given
  const isRight =
    Array.isArray(secrets) &&
    secrets.length > 0 &&
    secrets.every((secret) => typeof secret === 'string' && secret !== '')
  if (isRight) return secrets
  throw new TypeError('createNotificationHandler: secret: string, or a list of strings, expected')
}

function refuse(code: NotificationRefusalCode, message: string): never {
  throw new NotificationRefused(code, message)
}
