import {
  AccessToken,
  AccessToken2,
  Rtm2Permissions,
  Service,
  ServiceApaas,
  ServiceChat,
  ServiceConvoAI,
  ServiceFCdn,
  ServiceFpa,
  ServiceRtc,
  ServiceRtm,
  ServiceRtm2,
  ServiceStreaming,
  ServiceStt,
} from '@rtc-token/core/builders'
import type { Vector006, Vector007, VectorService } from './vectors.ts'

/** Signs the token that a row asks for, with the classes of `./builders`. */
export function sign006({ request }: Vector006): string {
  const { appId, appCertificate, channel, uid, account, salt, ts, privileges } = request
  const token = new AccessToken(appId, appCertificate, channel, account ?? uid ?? 0)
  token.salt = salt
  token.ts = ts
  for (const [id, end] of privileges) token.addPrivilege(id, end)
  return token.build()
}

/** Signs the token that a row asks for, with the classes of `./builders`. */
export function sign007({ request }: Vector007): string {
  const { appId, appCertificate, issueTs, expire, salt, services } = request
  const token = new AccessToken2(appId, appCertificate)
  Object.assign(token, { issueTs, expire, salt })
  for (const service of services) token.addService(serviceOf(service))
  return token.build()
}

const CREATE: Readonly<Record<number, (service: VectorService) => Service>> = {
  1: (service) => new ServiceRtc(service.channel, user(service)),
  2: ({ userId }) => new ServiceRtm(userId),
  3: (service) => new ServiceStreaming(service.channel, user(service)),
  4: () => new ServiceFpa(),
  5: ({ userId }) => new ServiceChat(userId),
  6: (service) => new ServiceFCdn(service.channel, user(service)),
  7: ({ room, user, role }) => new ServiceApaas(room, user, role),
  8: (service) => new ServiceRtm2(service.userId, permissionsOf(service)),
  9: () => new ServiceConvoAI(),
  10: () => new ServiceStt(),
}

function serviceOf(request: VectorService): Service {
  const service = CREATE[request.type]?.(request) ?? new Service(request.type)
  for (const [id, seconds] of request.privileges) service.addPrivilege(id, seconds)
  return service
}

function user({ uid, account }: VectorService): number | string {
  return account ?? uid ?? 0
}

function permissionsOf({ permissions }: VectorService): Rtm2Permissions {
  const all = new Rtm2Permissions()
  for (const [resource, access, names] of permissions) all.add(resource, access, names)
  return all
}
