export const AGENT_UID = 1000

const { AGORA_API = 'https://api.agora.io', LLM_URL, LLM_KEY, LLM_MODEL, TTS = '{}' } = process.env
const running = new Map() // ids by channel; with several servers, keep them where all can see them

/** Starts an agent that listens and speaks to one user, unless it is there. */
export async function startAgent({ appId, channel, token, uid }) {
  if (running.has(channel)) return
  const properties = {
    channel,
    token,
    agent_rtc_uid: String(AGENT_UID),
    remote_rtc_uids: [String(uid)],
    idle_timeout: 60, // seconds after the user has left
    advanced_features: { enable_rtm: true },
    parameters: { data_channel: 'rtm' },
    asr: { language: 'en-US' },
    llm: { url: LLM_URL, api_key: LLM_KEY, params: { model: LLM_MODEL } },
    tts: JSON.parse(TTS),
  }
  const { agent_id: id } = await post(`${appId}/join`, token, { name: channel, properties })
  running.set(channel, id)
}

export async function stopAgent({ appId, channel, token }) {
  const id = running.get(channel)
  running.delete(channel)
  if (id) await post(`${appId}/agents/${id}/leave`, token, {})
}

// The token of the agent itself is the credential: it opens this channel, as this uid, until it ends.
async function post(path, token, body) {
  const response = await fetch(`${AGORA_API}/api/conversational-ai-agent/v2/projects/${path}`, {
    method: 'POST',
    headers: { authorization: `agora token=${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`Agora answered ${response.status} for the agent`)
  return response.json()
}
