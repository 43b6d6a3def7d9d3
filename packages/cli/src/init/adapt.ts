import { basename } from 'node:path'
import type { Files, Template } from './templates.ts'

const MANIFEST = /(?:^|\/)(?:package|deno)\.json$/
// For example `"rtc-token": "^0.1.0"` in package.json, `"npm:@rtc-token/core@^0.1.0/inspect"` in deno.json.
const OUR_RANGE = /((?:@rtc-token\/[\w-]+|rtc-token)(?:": "|@))\^/g
// A Worker replaces the deployed one with the same name.
const NAMED = /^(?:package\.json|wrangler\.jsonc)$/
const LONGEST = 63

/**
 * Adapts the files of a template to an app: with its own name, and with the versions of our packages that were released
 * and tested with this program.
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
 * The name of an app in a folder: the name of the folder, reduced to what npm and Cloudflare accept, or else the name
 * of the template.
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
