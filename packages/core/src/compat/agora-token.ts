/**
 * What the npm package agora-token 2.0.6 exports, in its place: change the import and nothing else.
 * `DIFFERENCES.md` beside this file lists the few inputs for which the answer is another one.
 *
 * @module
 */
export { ApaasTokenBuilder, EducationTokenBuilder } from './agora-token/apaas-token-builder.ts'
export { ChatTokenBuilder } from './agora-token/chat-token-builder.ts'
export { FpaTokenBuilder } from './agora-token/fpa-token-builder.ts'
export { ConvoAITokenBuilder, SttTokenBuilder } from './agora-token/rtc-companions.ts'
export { RtcRole, RtcTokenBuilder } from './agora-token/rtc-token-builder.ts'
export { RtmTokenBuilder } from './agora-token/rtm-token-builder.ts'
export { Rtm2Permissions } from '../builders/rtm2-permissions.ts'
