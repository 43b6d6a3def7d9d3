/**
 * A drop-in replacement for the npm package agora-access-token 2.0.4: change only the import, named or
 * default. `DIFFERENCES.md` in this folder lists the few inputs with a different result.
 *
 * @module
 */
export * from './agora-access-token/names.ts'
export type { RtcArguments } from './agora-access-token/rtc-token-builder.ts'
// Node recognises few names of a CommonJS package, so ES modules import the original's default export.
// oxlint-disable-next-line import/no-default-export -- the original has one
export * as default from './agora-access-token/names.ts'
