// Every name of agora-access-token 2.0.4, and no other.
export { RtcRole, RtmRole } from '../../builders/role.ts'
export { RtcTokenBuilder } from './rtc-token-builder.ts'
export { RtmTokenBuilder } from './rtm-token-builder.ts'
