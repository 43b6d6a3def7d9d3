import { createRequire } from 'node:module'

/** The version of this package, in any folder of it that this file is built into. @internal */
export function packageVersion(): string {
  const require = createRequire(import.meta.url)
  const { version }: { readonly version: string } = require('@rtc-token/server/package.json')
  return version
}
