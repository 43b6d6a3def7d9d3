import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'

/** Answers a request of the page with what becomes JSON. */
export type Answer = (body: unknown) => object | Promise<object>

/**
 * Answers `POST` requests by their path. Only JSON is taken: a foreign page cannot send that without
 * asking the browser first, and the demo never says yes.
 *
 * @returns whether there is such a route
 */
export function serveRoutes(
  routes: Readonly<Record<string, Answer>>,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url = '' } = request
  const answer = method === 'POST' && Object.hasOwn(routes, url) ? routes[url] : undefined
  if (answer) void serve(answer, request, response)
  return answer !== undefined
}

async function serve(
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.headers['content-type'] !== 'application/json') return send(response, 415, {})
    send(response, 200, await answer(await json(request)))
  } catch (error) {
    send(response, 400, { detail: error instanceof Error ? error.message : 'no reason given' })
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
