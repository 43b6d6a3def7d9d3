// Every name of agora-token 2.0.6, and no other.
export { ApaasTokenBuilder, EducationTokenBuilder } from './apaas-token-builder.ts'
export { ChatTokenBuilder } from './chat-token-builder.ts'
export { FpaTokenBuilder } from './fpa-token-builder.ts'
export { ConvoAITokenBuilder, SttTokenBuilder } from './rtc-companions.ts'
export { RtcRole, RtcTokenBuilder } from './rtc-token-builder.ts'
export { RtmTokenBuilder } from './rtm-token-builder.ts'
export { Rtm2Permissions } from '../../builders/rtm2-permissions.ts'
