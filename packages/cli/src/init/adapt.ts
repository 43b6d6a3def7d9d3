import { basename } from 'node:path'
import type { Files, Template } from './templates.ts'

const MANIFEST = /(?:^|\/)(?:package|deno)\.json$/
// In a package.json `"rtc-token": "^0.1.0"`, in a deno.json `"npm:@rtc-token/core@^0.1.0/inspect"`.
const OUR_RANGE = /((?:@rtc-token\/[\w-]+|rtc-token)(?:": "|@))\^/g
// A worker is deployed under its name, over another that has it.
const NAMED = /^(?:package\.json|wrangler\.jsonc)$/
const LONGEST = 63

/**
 * The files of a template for one app: it has a name of its own, and wants our packages as they were released with this
 * program, which is how they were tried together.
 */
export function adapt({ name, files }: Template, appName: string): Files {
  const texts = Object.entries(files).map(([path, text]) => {
    const pinned = MANIFEST.test(path) ? text.replaceAll(OUR_RANGE, '$1') : text
    const named = `"name": "${appName}"`
    return [path, NAMED.test(path) ? pinned.replace(`"name": "${name}"`, named) : pinned]
  })
  return Object.fromEntries(texts)
}

/**
 * The name of an app in a folder: that of the folder, as far as npm and Cloudflare take it, else that of the template.
 */
export function appNameFor(folder: string, { name }: Template): string {
  const wanted = basename(folder)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^[-_]+|-+$/g, '')
    .slice(0, LONGEST)
  return wanted === '' || wanted === 'node_modules' ? name : wanted
}
