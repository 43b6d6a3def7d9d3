import type { GrantsByName } from '@rtc-token/core'

/** The name of a service of core. */
export type Service = keyof GrantsByName

const NAMES: Readonly<Record<Service, true>> = {
  rtc: true,
  rtm: true,
  streaming: true,
  fpa: true,
  chat: true,
  fcdn: true,
  apaas: true,
  rtm2: true,
  convoAI: true,
  stt: true,
}

/** Every service of core. The type of `NAMES` keeps the list complete. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the record above
export const SERVICE_NAMES = Object.keys(NAMES) as readonly Service[]
