import { PUBLISHED_PREFIXES } from '@rtc-token/server'
import type { Found, Reading } from '../found.ts'
import { bare, child, isMember, memberName, nameOf, stringOf, type Syntax } from '../syntax.ts'

const HEX_32 = /^[0-9a-f]{32}$/i
// The certificate in Agora's samples, which belongs to no project.
const OF_SAMPLES = new Set(['5cfd2fd1755d40ecb72977518be15d3b'])
const FEWEST_DIGITS = 6

/** Finds certificates in the code, and certificates under names that bundlers publish. */
export function checkCertificates(reading: Reading): Found[] {
  return [...publishedNames(reading), ...(reading.isTest ? [] : literals(reading))]
}

/** Whether a text has the form of a certificate and is not an example. */
export function looksSecret(text: string | undefined): boolean {
  if (text === undefined || !HEX_32.test(text) || OF_SAMPLES.has(text.toLowerCase())) return false
  return new Set(text.toLowerCase()).size >= FEWEST_DIGITS
}

/** Whether bundlers copy a variable into pages whose name is for a certificate. */
export function isPublishedCertificate(name: string): boolean {
  return /CERT/i.test(name) && PUBLISHED_PREFIXES.some((prefix) => name.startsWith(prefix))
}

function literals({ script, scopes, calls }: Reading): Found[] {
  const asArguments = calls.flatMap(({ certificate }) => {
    const value = bare(certificate)
    const literal = value && nameOf(value) !== undefined ? bare(scopes.resolve(value)?.init) : value
    return literal ? [literal] : []
  })
  const named = [
    ...script.all('VariableDeclarator').map((it) => [child(it, 'id'), child(it, 'init')]),
    ...script
      .all('ObjectProperty', 'ClassProperty')
      .map((it) => [child(it, 'key'), child(it, 'value')]),
    ...script.all('AssignmentExpression').map((it) => [child(it, 'left'), child(it, 'right')]),
  ].filter(([name]) => isCertificateName(name))
  const values = named.flatMap(([, value]) => parts(bare(value)))
  const found = new Set([...asArguments, ...values].filter((it) => looksSecret(stringOf(it))))
  return [...found].map((node) => ({
    rule: 'certificate-literal',
    node,
    saw: 'got one in the source code',
  }))
}

// `process.env.X || '0123…'`
function parts(value: Syntax | undefined): Syntax[] {
  if (value?.type !== 'LogicalExpression') return value ? [value] : []
  return [...parts(bare(child(value, 'left'))), ...parts(bare(child(value, 'right')))]
}

function isCertificateName(node: Syntax | undefined): boolean {
  const name = nameOf(node) ?? memberName(node) ?? stringOf(node) ?? ''
  return /cert/i.test(name)
}

function publishedNames({ script }: Reading): Found[] {
  return script.all('MemberExpression', 'OptionalMemberExpression').flatMap((node) => {
    const name = memberName(node) ?? ''
    const isOfEnvironment = memberName(bare(child(node, 'object'))) === 'env' && isMember(node)
    if (!isOfEnvironment || !isPublishedCertificate(name)) return []
    return [{ rule: 'certificate-published', node, saw: `got ${name}` }]
  })
}
