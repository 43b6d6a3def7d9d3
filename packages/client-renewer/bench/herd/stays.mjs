// Sessions that end: how many requests a stay makes, the first token included.

/**
 * How many tokens all the clients ask for, each of whom stays for a time of its own.
 *
 * @param {{ clients: number, lifeMs: number, renewalDelay: Function, random: () => number }} plan
 * @param {() => number} lengthOf - how long the next one stays, in milliseconds
 */
export function requestsInStays({ clients, lifeMs, renewalDelay, random }, lengthOf) {
  let requests = 0
  for (let id = 0; id < clients; id++) {
    let leftMs = lengthOf()
    for (let isFirst = true; leftMs > 0; isFirst = false) {
      requests++
      leftMs -= renewalDelay(lifeMs, random(), isFirst)
    }
  }
  return requests
}
