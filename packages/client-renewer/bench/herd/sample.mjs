import { eventClock } from './event-clock.mjs'

const WARNING_MS = 30_000
const LEAST_ROOM = 1

/** The same herd, much smaller, of real `Renewer`s: to see whether the million behave as they do. */
export async function runSample(herd, { createRenewer, RenewError }) {
  const clock = eventClock()
  const server = { herd, clock, room: 0, filledAt: 0, asked: 0, tokens: 0, RenewError }
  const lost = new Set()
  const lifecycle = { subscribe: () => () => {} }
  for (let id = 0; id < herd.clients; id++) {
    const source = async () => answer(server)
    const options = { source, clock, lifecycle, random: herd.random }
    const renewer = createRenewer(
      session(clock, herd.lifeMs, () => lost.add(id)),
      options,
    )
    clock.after((id / herd.clients) * herd.joinMs, () => {
      renewer.start({ token: `007client${id}`, expiresIn: herd.lifeMs / 1000 })
    })
  }
  await clock.run(herd.horizonMs)
  return { lost: lost.size, total: server.asked }
}

function answer(server) {
  const { herd, clock } = server
  const { capacity, outage, retryAfterMs } = herd
  const now = clock.elapsed()
  const added = ((now - server.filledAt) / 1000) * capacity
  server.room = Math.min(Math.max(capacity, LEAST_ROOM), server.room + added)
  server.filledAt = now
  server.asked++
  const isDown = now >= outage[0] && now < outage[1]
  if (isDown) server.room = 0
  if (server.room < LEAST_ROOM) throw refusal(server.RenewError, retryAfterMs)
  server.room -= 1
  server.tokens++
  return { token: `007token${server.tokens}`, expiresIn: herd.lifeMs / 1000 }
}

function refusal(RenewError, retryAfterMs) {
  return new RenewError('SOURCE_FAILED', 'HTTP 503', retryAfterMs ? { retryAfterMs } : {})
}

/** A session that is warned of and ended by its token as Agora does, and takes any other. */
function session(clock, lifeMs, onLost) {
  let sink
  let link = 'online'
  let cancels = []
  function live() {
    link = 'online'
    for (const cancel of cancels) cancel()
    const warn = clock.after(lifeMs - WARNING_MS, () => sink.willExpire())
    const end = clock.after(lifeMs, () => {
      link = 'down'
      onLost()
      sink.expired()
    })
    cancels = [warn, end]
  }
  return {
    scope: () => ({ service: 'rtc' }),
    attach(to) {
      sink = to
      live()
      return () => {}
    },
    link: () => link,
    renew: async () => live(),
    rejoin: async () => {
      live()
      return 1
    },
    republish: () => [],
  }
}
