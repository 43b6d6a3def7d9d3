/**
 * The builders of Agora's own sources under their own names. Times are timestamps in those of version 006,
 * and seconds from now in those of version 007. They throw a `TokenError` for what they cannot sign
 * correctly, but do not enforce the characters and lengths that Agora documents. In new code, use
 * `createToken`.
 *
 * @module
 */
export { AccessToken } from './access-token.ts'
export { AccessToken2 } from './access-token-2.ts'
export { ApaasTokenBuilder, EducationTokenBuilder2 } from './apaas-token-builder.ts'
export { ChatTokenBuilder2 } from './chat-token-builder-2.ts'
export { ConvoAITokenBuilder, SttTokenBuilder } from './rtc-companions.ts'
export { FpaTokenBuilder } from './fpa-token-builder.ts'
export { Privileges } from './privileges.ts'
export { RtcRole, RtmRole } from './role.ts'
export type { RtcAndRtmArguments } from './rtc-and-rtm.ts'
export { RtcTokenBuilder } from './rtc-token-builder.ts'
export { type AccountAndPrivilegeArguments, RtcTokenBuilder2 } from './rtc-token-builder-2.ts'
export { Rtm2Permissions } from './rtm2-permissions.ts'
export { RtmTokenBuilder } from './rtm-token-builder.ts'
export { RtmTokenBuilder2 } from './rtm-token-builder-2.ts'
export { Service } from './service.ts'
export {
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
export type { Signed } from './signed.ts'
export { SimpleTokenBuilder } from './simple-token-builder.ts'
