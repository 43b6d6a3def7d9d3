import AgoraRTC from 'agora-rtc-sdk-ng'

/** Whom to join as, and with which token. */
export interface BareUser {
  readonly appId: string
  readonly channel: string
  readonly token: string
  readonly uid: number
}

/**
 * Joins with a client that no renewer looks after, and leaves again. Resolves with why it was refused, or with
 * `undefined` if it was in.
 */
export async function joinPastRenewer(user: BareUser): Promise<string | undefined> {
  const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
  // A ban is told by an event; the join itself then rejects, or never settles.
  const putOut = new Promise<string>((resolve) => {
    client.on('connection-state-change', (state, _before, reason) => {
      if (state === 'DISCONNECTED' && reason) resolve(reason)
    })
  })
  const { appId, channel, token, uid } = user
  const joined = client.join(appId, channel, token, uid).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  const refusal = await Promise.race([putOut, joined])
  await client.leave().catch(() => {})
  return refusal
}
