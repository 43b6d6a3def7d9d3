import { type KnownService, LAYOUTS, type ServicesByName } from '../layout/layouts.ts'
import { RTM_ACCESS, RTM_RESOURCES, type Rtm2Permission } from '../layout/rtm-permissions.ts'
import { Rtm2Permissions } from './rtm2-permissions.ts'
import type { Service } from './service.ts'
import {
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
} from './services.ts'

/** Creates the reference class for a service that was read from a token. */
export function serviceOfClaims(claims: KnownService): Service {
  const service = create(claims.service, claims)
  const { privilegeIds } = LAYOUTS[claims.service]
  for (const [name, value] of Object.entries(claims.privileges)) {
    service.add_privilege(privilegeIds[name] ?? Number(name), value)
  }
  return service
}

const CREATE: {
  readonly [Name in keyof ServicesByName]: (claims: ServicesByName[Name]) => Service
} = {
  rtc: ({ channel, user }) => new ServiceRtc(channel, user),
  rtm: ({ userId }) => new ServiceRtm(userId),
  streaming: ({ channel, user }) => new ServiceStreaming(channel, user),
  fpa: () => new ServiceFpa(),
  chat: ({ userId }) => new ServiceChat(userId),
  fcdn: ({ channel, user }) => new ServiceFCdn(channel, user),
  apaas: ({ roomUuid, userUuid, role }) => new ServiceApaas(roomUuid, userUuid, role),
  rtm2: ({ userId, permissions }) => new ServiceRtm2(userId, permissionsOf(permissions)),
  convoAI: () => new ServiceConvoAI(),
  stt: () => new ServiceStt(),
}

function create<Name extends keyof ServicesByName>(
  name: Name,
  claims: ServicesByName[Name],
): Service {
  return CREATE[name](claims)
}

function permissionsOf(claims: readonly Rtm2Permission[]): Rtm2Permissions {
  const permissions = new Rtm2Permissions()
  for (const { resource, access, names } of claims) {
    permissions.add(numberOf(resource, RTM_RESOURCES), numberOf(access, RTM_ACCESS), names)
  }
  return permissions
}

function numberOf(name: string, numbers: Readonly<Record<string, number>>): number {
  return numbers[name] ?? Number(name)
}
