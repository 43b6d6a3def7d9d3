// Time that jumps from one timer to the next, for real renewers: a binary heap of timers.

export function eventClock() {
  let elapsed = 0
  const heap = []
  return {
    now: () => elapsed,
    elapsed: () => elapsed,
    after(ms, task) {
      const timer = { at: elapsed + ms, task }
      push(heap, timer)
      return () => {
        timer.task = undefined
      }
    },
    /** Lets time pass; promises settle after each timer. */
    async run(untilMs) {
      for (let timer = heap[0]; timer && timer.at <= untilMs; timer = heap[0]) {
        pop(heap)
        if (!timer.task) continue
        elapsed = Math.max(elapsed, timer.at)
        timer.task()
        await new Promise((resolve) => setImmediate(resolve))
      }
      elapsed = untilMs
    },
  }
}

function push(heap, timer) {
  let at = heap.push(timer) - 1
  for (let up = (at - 1) >> 1; at > 0 && heap[up].at > timer.at; up = (at - 1) >> 1) {
    heap[at] = heap[up]
    heap[up] = timer
    at = up
  }
}

function pop(heap) {
  const last = heap.pop()
  if (heap.length === 0) return
  let at = 0
  for (let down = child(heap, 0); down < heap.length; down = child(heap, at)) {
    if (heap[down].at >= last.at) break
    heap[at] = heap[down]
    at = down
  }
  heap[at] = last
}

function child(heap, at) {
  const left = at * 2 + 1
  return left + 1 < heap.length && heap[left + 1].at < heap[left].at ? left + 1 : left
}
