import type { ServiceName } from '@rtc-token/core/contract'

/** Every service that an endpoint can issue tokens for. @internal */
export const SERVICES: readonly ServiceName[] = ['rtc', 'rtm', 'chat']
