import type { WireReply, WireRequest } from './host-case.ts'

/** Makes a `Request` of what would come over the wire, as a host with its own HTTP does. */
export function toWebRequest({ method, target, headers, chunks, isChunked }: WireRequest): Request {
  const url = target.startsWith('/') ? `http://localhost${target}` : target
  const body = isChunked ? ReadableStream.from(chunks) : chunks[0]!
  const hasBody = !['GET', 'HEAD'].includes(method)
  const init = hasBody ? { body, duplex: 'half' as const } : {}
  return new Request(url, {
    method,
    headers: headers.map(([name, value]) => [name, value]),
    ...init,
  })
}

/** Reads a `Response` as it would go over the wire, where an answer to HEAD has no body. */
export async function fromWebResponse(response: Response, method: string): Promise<WireReply> {
  const body = await response.text()
  const headers = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: method === 'HEAD' ? '' : body }
}
