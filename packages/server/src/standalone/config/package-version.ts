import { createRequire } from 'node:module'

/** The version of this package, wherever in it this file ends up. @internal */
export function packageVersion(): string {
  const require = createRequire(import.meta.url)
  const { version }: { readonly version: string } = require('@rtc-token/server/package.json')
  return version
}
