import { isIgnored, readIgnore } from './ignores.ts'
import { isPublishedCertificate, looksSecret } from './rules/certificates.ts'
import { type Hit, lineStarts, placeOf, unusable } from './scan-script.ts'
import type { RuleName } from './rule-table.ts'

// A name and its value, as in `.env` files, Dockerfiles, compose files and workflows.
const ASSIGNMENT = /(?:^|[\s-])["']?([A-Za-z_][A-Za-z0-9_]*)["']?\s*(?:=|:\s)\s*(.*)$/
const NAME_ALONE = /^\s*(?:ARG|ENV)\s+([A-Za-z_]\w*)\s*$/
const LOCAL = /(?:^|\/)\.env(?:\.[\w-]+)*$/i
const EXAMPLE = /example|sample|template|dist$/i

/** Checks the variables in a file of lines: names that bundlers publish, and certificates in shared files. */
export function scanLines(path: string, text: string): Hit[] {
  const starts = lineStarts(text)
  const lines = text.split('\n')
  const ignores = lines.flatMap((line, index) => readIgnore(commentOf(line), index + 1) ?? [])
  // A certificate belongs in the `.env` file of one machine; example files are shared.
  const isShared = !LOCAL.test(path) || EXAMPLE.test(path)
  const hits = lines.flatMap((line, index) => {
    const found = faultOf(line, isShared)
    if (!found || isIgnored(ignores, found.rule, [index + 1])) return []
    return [{ ...found, ...placeOf((starts[index] ?? 0) + line.search(/\S/), starts) }]
  })
  return [...hits, ...unusable(ignores, starts)]
}

function commentOf(line: string): string {
  const at = line.indexOf('#')
  return at < 0 ? '' : line.slice(at + 1)
}

function faultOf(
  line: string,
  isShared: boolean,
): { readonly rule: RuleName; readonly saw: string } | undefined {
  if (/^\s*(?:#|\/\/)/.test(line)) return undefined
  const text = line.replace(/\s#.*$/, '')
  const [, name = NAME_ALONE.exec(text)?.[1], given = ''] = ASSIGNMENT.exec(text) ?? []
  if (name === undefined) return undefined
  const value = given.trim().replace(/^(["'])(.*)\1,?$/, '$2')
  if (isPublishedCertificate(name)) return { rule: 'certificate-published', saw: `got ${name}` }
  const isSecret = isShared && /CERT/i.test(name) && looksSecret(value)
  return isSecret ? { rule: 'certificate-literal', saw: 'got one in the source code' } : undefined
}
