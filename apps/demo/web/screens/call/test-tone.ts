import AgoraRTC, { type ILocalAudioTrack } from 'agora-rtc-sdk-ng'

/** A quiet tone to publish: no microphone, no permission to ask for. */
export function createTestTone(): ILocalAudioTrack {
  const audio = new AudioContext()
  const loudness = new GainNode(audio, { gain: 0.05 })
  const tone = new OscillatorNode(audio, { frequency: 440 })
  const stream = audio.createMediaStreamDestination()
  tone.connect(loudness).connect(stream)
  tone.start()
  const [mediaStreamTrack] = stream.stream.getAudioTracks()
  if (!mediaStreamTrack) throw new Error('The browser made a stream without an audio track.')
  return AgoraRTC.createCustomAudioTrack({ mediaStreamTrack })
}
