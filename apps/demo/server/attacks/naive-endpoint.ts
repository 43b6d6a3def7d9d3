import type { IncomingMessage, ServerResponse } from 'node:http'
import { RtcRole, RtcTokenBuilder } from '@rtc-token/core/compat/agora-token'
import { type ThrowAwayProject, throwAwayProject } from '../project/lab-project.ts'
import { type LoopbackServer, serveOnLoopback } from '../http/serve-on-loopback.ts'

/**
 * Starts a token endpoint as it is commonly written, for comparison only: with
 * `GET /rtc/CHANNEL/UID?role=…&expiry=…`, no caller is authenticated, the caller names channel, user
 * and role, and a moment goes where the builder wants a length of time. It signs for a project that
 * exists on this machine only.
 *
 * @throws {TypeError} for any other host than the loopback ones
 */
export function startNaiveEndpoint(host = '127.0.0.1'): Promise<LoopbackServer> {
  const project = throwAwayProject()
  return serveOnLoopback((request, response) => answer(project, request, response), host)
}

function answer(
  project: ThrowAwayProject,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' }
  try {
    const token = tokenFor(project, request.url ?? '/')
    response.writeHead(token === undefined ? 404 : 200, headers).end(JSON.stringify({ token }))
  } catch (error) {
    response.writeHead(500, headers).end(JSON.stringify({ error: String(error) }))
  }
}

function tokenFor(project: ThrowAwayProject, url: string): string | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const [, route, channel, uid] = pathname.split('/').map(decodeURIComponent)
  if (route !== 'rtc' || channel === undefined || uid === undefined) return undefined
  return sign(project, channel, uid, searchParams)
}

// As in the tutorials of the time when builders took moments; the builder of today takes lengths.
function sign(
  { appId, appCertificate }: ThrowAwayProject,
  channel: string,
  uid: string,
  query: URLSearchParams,
): string {
  const user = Number.parseInt(uid, 10) || 0
  const role = query.get('role') === 'publisher' ? RtcRole.PUBLISHER : RtcRole.SUBSCRIBER
  const expiry = Number.parseInt(query.get('expiry') ?? '3600', 10)
  const end = Math.floor(Date.now() / 1000) + expiry
  // rtc-token-ignore moment-as-length, uid-any, wish-from-query: as it is commonly written, to be attacked
  return RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, channel, user, role, end, end)
}
