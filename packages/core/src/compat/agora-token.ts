/**
 * A drop-in replacement for the npm package agora-token 2.0.6: change only the import, named or default.
 * `DIFFERENCES.md` in this folder lists the few inputs with a different result.
 *
 * @module
 */
export * from './agora-token/names.ts'
export type { OriginalRtcAndRtmArguments } from './agora-token/rtc-and-rtm-arguments.ts'
export type { PrivilegeArguments, RoleArguments } from './agora-token/rtc-token-builder.ts'
// Node recognises few names of a CommonJS package, so ES modules import the original's default export.
// oxlint-disable-next-line import/no-default-export -- the original has one
export * as default from './agora-token/names.ts'
