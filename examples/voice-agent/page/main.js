import { createRenewer, httpSource } from '@rtc-token/client-renewer'
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import { rtm } from '@rtc-token/client-renewer/rtm'
import { createSharedSource, servicesOf } from '@rtc-token/client-renewer/shared-source'
import AgoraRTC from 'agora-rtc-sdk-ng'
import AgoraRTM from 'agora-rtm-sdk'

const { appId, channel, uid, ticket } = Object.fromEntries(
  new URLSearchParams(location.hash.slice(1)),
)
const headers = { authorization: `Bearer ${ticket}` }

// One token for the call and its messages.
const request = (session) => ({ role: 'publisher', services: servicesOf(session) })
const source = createSharedSource(
  httpSource({ url: '/v1/tokens', request, headers: () => headers }),
)

const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
const messages = new AgoraRTM.RTM(appId, uid)
const call = createRenewer(rtcNg(client, { appId, channel, uid: Number(uid) }), { source })
const words = createRenewer(rtm(messages, { userId: uid }), { source })

const element = (selector) => document.querySelector(selector)
const show = (text) => (element('[role=status]').textContent = text)
const report = (error) => show(error.message)
const warn = (error) => console.warn(error.message)
call.on('expired', () => show('Reconnecting …'))
call.on('rejoined', () => show('In the call.'))
call.on('failed', report)
client.on('user-published', async (user, kind) => {
  const track = await client.subscribe(user, kind)
  if (kind === 'audio') track.play()
})
// What is said comes in parts of `id|part|parts|base64`, or as JSON.
messages.addEventListener('message', ({ message }) => {
  const text = typeof message === 'string' ? message : new TextDecoder().decode(message)
  element('ul').append(Object.assign(document.createElement('li'), { textContent: text }))
})

let microphone
async function join() {
  await call.join()
  show('In the call.')
  element('#leave').hidden = !(element('#join').hidden = true)
  const listening = words.join().then(() => messages.subscribe(channel))
  listening.catch(warn) // the call goes on without the text
  microphone = await AgoraRTC.createMicrophoneAudioTrack()
  await client.publish(microphone)
  const { ok } = await fetch('/agent', { method: 'PUT', headers })
  if (!ok) show('In the call. The agent does not come.')
}
const leave = () => Promise.all([call.leave(), fetch('/agent', { method: 'DELETE', headers })])
// Also when the user is banned, or joins elsewhere.
call.on('stopped', (cause) => {
  microphone?.close()
  words.leave().catch(warn)
  show(cause === 'left' ? 'You have left the call.' : `You are out of the call: ${cause}.`)
  element('#join').hidden = !(element('#leave').hidden = true)
})
element('#join').addEventListener('click', () => join().catch(report))
element('#leave').addEventListener('click', () => leave().catch(report))
