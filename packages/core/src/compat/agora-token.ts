/**
 * What the npm package agora-token 2.0.6 exports, in its place: change the import and nothing else,
 * whether it takes names or the whole. `DIFFERENCES.md` beside this file lists the few inputs for which
 * the answer is another one.
 *
 * @module
 */
export * from './agora-token/names.ts'
export type { OriginalRtcAndRtmArguments } from './agora-token/rtc-and-rtm-arguments.ts'
export type { PrivilegeArguments, RoleArguments } from './agora-token/rtc-token-builder.ts'
// Node finds few names of a CommonJS package, so ES modules import the original as a whole.
// oxlint-disable-next-line import/no-default-export -- the original has one
export * as default from './agora-token/names.ts'
