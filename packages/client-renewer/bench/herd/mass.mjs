// A million clients as numbers in arrays, around the renewer's own functions for when to renew and when
// to try again. Each client has one thing ahead of it; all that is due in a tick is done in one go.

const TICK_MS = 100
/** Agora's SDKs warn this long before the end, which makes a renewer try at once. */
const WARNING_MS = 30_000
const NEVER = -1

/**
 * @typedef {object} Herd
 * @property {number} clients
 * @property {number} joinMs - within which all of them join, evenly
 * @property {number} lifeMs - of every token
 * @property {number} capacity - requests that the server answers in a second
 * @property {readonly [fromMs: number, toMs: number]} outage
 * @property {number} horizonMs
 * @property {number | undefined} retryAfterMs - what it says when it refuses
 * @property {(lifeMs: number, random: number, isFirst: boolean) => number} renewalDelay
 * @property {(situation: object) => number} retryDelay
 * @property {() => number} random
 * @property {() => number} renewalRandom
 */

/** Runs a herd. Arrivals and answers are counted by the second. */
export function runHerd(/** @type {Herd} */ herd) {
  const ticks = herd.horizonMs / TICK_MS
  const head = new Int32Array(ticks + 1).fill(NEVER)
  const state = {
    herd,
    head,
    next: new Int32Array(herd.clients),
    attempt: new Uint16Array(herd.clients),
    endAt: new Float64Array(herd.clients),
    isLost: new Uint8Array(herd.clients),
    isWarned: new Uint8Array(herd.clients),
    arrivals: new Uint32Array(herd.horizonMs / 1000 + 1),
    answers: new Uint32Array(herd.horizonMs / 1000 + 1),
    lost: 0,
  }
  for (let id = 0; id < herd.clients; id++) hold(state, id, (id / herd.clients) * herd.joinMs, true)
  const burst = Math.max(herd.capacity, 1)
  let room = burst
  for (let tick = 0; tick < ticks; tick++) {
    const now = tick * TICK_MS
    room = Math.min(burst, room + (herd.capacity * TICK_MS) / 1000)
    room = isDown(herd, now) ? 0 : room
    for (let id = shuffleTick(state, tick); id !== NEVER;) {
      const following = state.next[id]
      room -= arrive(state, id, now, room >= 1) ? 1 : 0
      id = following
    }
  }
  return summary(state)
}

// Those due in one tick are served in no particular order: take them as they were put there, half of
// the time from the other end.
function shuffleTick({ head, next, herd }, tick) {
  if (herd.random() < 0.5) return head[tick]
  let reversed = NEVER
  for (let id = head[tick]; id !== NEVER;) {
    const following = next[id]
    next[id] = reversed
    reversed = id
    id = following
  }
  return reversed
}

function isDown({ outage: [from, to] }, now) {
  return now >= from && now < to
}

/** A client asks. Returns whether it was answered. */
function arrive(state, id, now, hasRoom) {
  const second = Math.floor(now / 1000)
  state.arrivals[second]++
  if (now > state.endAt[id] && state.isLost[id] === 0) {
    state.isLost[id] = 1
    state.lost++
  }
  if (!hasRoom) {
    retry(state, id, now)
    return false
  }
  state.answers[second]++
  hold(state, id, now, false)
  return true
}

function hold(state, id, now, isFirst) {
  const { herd } = state
  state.endAt[id] = now + herd.lifeMs
  state.attempt[id] = 0
  state.isWarned[id] = 0
  put(state, id, now + herd.renewalDelay(herd.lifeMs, herd.renewalRandom(), isFirst))
}

function retry(state, id, now) {
  const { herd, endAt } = state
  const attempt = ++state.attempt[id]
  const error = { retryAfterMs: herd.retryAfterMs }
  const remainingMs = endAt[id] - now
  const inMs = herd.retryDelay({ attempt, error, remainingMs, random: herd.random() })
  const warningAt = endAt[id] - WARNING_MS
  const isWarning = state.isWarned[id] === 0 && now + inMs > warningAt && now <= warningAt
  if (isWarning) state.isWarned[id] = 1
  put(state, id, isWarning ? warningAt : now + inMs)
}

function put({ head, next }, id, at) {
  const tick = Math.ceil(at / TICK_MS)
  if (tick >= head.length) return
  next[id] = head[tick]
  head[tick] = id
}

function summary({ herd, arrivals, answers, endAt, isLost, lost }) {
  let stillLost = lost
  for (let id = 0; id < herd.clients; id++) {
    if (isLost[id] === 0 && endAt[id] < herd.horizonMs) stillLost++
  }
  const back = Math.ceil(herd.outage[1] / 1000)
  const after = arrivals.subarray(back)
  const peak = after.reduce((most, count) => Math.max(most, count), 0)
  const total = arrivals.reduce((sum, count) => sum + count, 0)
  return { arrivals, answers, lost: stillLost, peakAfter: peak, total }
}
