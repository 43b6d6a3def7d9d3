/**
 * What the npm package agora-access-token 2.0.4 exports, in its place: change the import and nothing
 * else. `DIFFERENCES.md` beside this file lists the few inputs for which the answer is another one.
 *
 * @module
 */
export { RtcRole, RtmRole } from '../builders/role.ts'
export { RtcTokenBuilder } from './agora-access-token/rtc-token-builder.ts'
export { RtmTokenBuilder } from './agora-access-token/rtm-token-builder.ts'
