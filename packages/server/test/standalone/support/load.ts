import { Agent, request } from 'node:http'

/** Requests that keep coming, over connections that are kept. */
export interface Load {
  /** How each request ended so far: a status, or the code of an error. */
  readonly outcomes: readonly (number | string)[]
  /** Resolves when so many more have been answered. */
  answered(more: number): Promise<void>
  /** Lets those that have begun finish, and ends. */
  stop(): Promise<void>
}

const CALLERS = 8

/** Sends wishes for tokens from eight callers. */
export function startLoad(url: string, bearer: string): Load {
  const agent = new Agent({ keepAlive: true })
  const outcomes: (number | string)[] = []
  const waiting = new Map<() => void, number>()
  const stopping = new AbortController()
  const call = async () => {
    while (!stopping.signal.aborted) {
      outcomes.push(await send(url, bearer, agent))
      for (const [resolve, count] of waiting) if (outcomes.length >= count) resolve()
    }
  }
  const callers = Array.from({ length: CALLERS }, call)
  return {
    outcomes,
    answered: (more) =>
      new Promise((resolve) => {
        waiting.set(resolve, outcomes.length + more)
      }),
    async stop() {
      stopping.abort()
      await Promise.all(callers)
      agent.destroy()
    },
  }
}

function send(url: string, bearer: string, agent: Agent): Promise<number | string> {
  const body = JSON.stringify({ channel: 'room-42' })
  const headers = {
    authorization: `Bearer ${bearer}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve) => {
    const req = request(`${url}/v1/tokens`, { method: 'POST', agent, headers }, (res) => {
      res.once('error', (error) => resolve(error.name))
      res.once('end', () => resolve(res.statusCode ?? 0)).resume()
    })
    req.once('error', (error) => resolve('code' in error ? String(error.code) : error.name))
    req.end(body)
  })
}
