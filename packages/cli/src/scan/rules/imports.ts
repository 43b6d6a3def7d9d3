import { moduleName } from '../builders.ts'
import type { Edit, Found, Reading } from '../found.ts'
import { child, isCall, list, nameOf, stringOf, type Syntax } from '../syntax.ts'

/** The exports of the packages and of their drop-ins. Source: agora-token 2.0.6, agora-access-token 2.0.4. */
const EXPORTS: Readonly<Record<string, ReadonlySet<string>>> = {
  'agora-token': new Set([
    'ApaasTokenBuilder',
    'ChatTokenBuilder',
    'ConvoAITokenBuilder',
    'EducationTokenBuilder',
    'FpaTokenBuilder',
    'Rtm2Permissions',
    'RtcRole',
    'RtcTokenBuilder',
    'RtmTokenBuilder',
    'SttTokenBuilder',
  ]),
  'agora-access-token': new Set(['RtcRole', 'RtcTokenBuilder', 'RtmRole', 'RtmTokenBuilder']),
}

/** Finds imports of files inside the token packages, and imports with a drop-in. */
export function checkImports(reading: Reading): Found[] {
  return specifiersIn(reading).flatMap(({ node, names }) => {
    const module = moduleName(stringOf(node) ?? '')
    const [, root, below] = /^(agora-(?:access-)?token)(\/.+)?$/.exec(module) ?? []
    if (root === undefined || (below === undefined && !reading.hasCore)) return []
    const isDeep = below !== undefined && below !== '/package.json'
    if (!isDeep && below !== undefined) return []
    const fix = fixOf(reading, node, root, isDeep ? names : [])
    const rule = isDeep ? 'deep-import' : 'drop-in'
    return [
      {
        rule,
        node,
        saw: isDeep ? 'got a file inside it' : `got ${root}`,
        ...(fix && { fix }),
      },
    ]
  })
}

/** The fix, if the package itself exports every name that is imported from the file. */
function fixOf(
  { hasCore }: Reading,
  node: Syntax,
  root: string,
  names: readonly string[] | undefined,
): Edit | undefined {
  const isSame = names?.every((name) => EXPORTS[root]?.has(name)) ?? false
  if (!isSame || stringOf(node)?.includes(':') === true) return undefined
  const target = hasCore ? `@rtc-token/core/compat/${root}` : root
  return { start: node.start + 1, end: node.end - 1, text: target }
}

interface Specifier {
  readonly node: Syntax
  /** The imported names; `undefined` for the whole module. */
  readonly names: readonly string[] | undefined
}

function specifiersIn({ script }: Reading): Specifier[] {
  const imports = script.all('ImportDeclaration').flatMap((node) => {
    const source = child(node, 'source')
    return source ? [{ node: source, names: importedNames(node) }] : []
  })
  const calls = script.all('CallExpression').flatMap((call) => {
    const callee = child(call, 'callee')
    const [node] = list(call, 'arguments')
    const isLoad = isCall(call) && (nameOf(callee) === 'require' || callee?.type === 'Import')
    return isLoad && node?.type === 'StringLiteral'
      ? [{ node, names: takenNames(script.parentOf(call), call, script) }]
      : []
  })
  return [...imports, ...calls]
}

function importedNames(node: Syntax): string[] | undefined {
  const specifiers = list(node, 'specifiers')
  if (specifiers.some(({ type }) => type !== 'ImportSpecifier')) return undefined
  return specifiers.map((it) => nameOf(child(it, 'imported')) ?? '')
}

/** `const { RtcTokenBuilder } = require('…')`, `require('…').RtcTokenBuilder`. */
function takenNames(
  parent: Syntax | undefined,
  call: Syntax,
  script: Reading['script'],
): string[] | undefined {
  if (parent?.type === 'AwaitExpression') return takenNames(script.parentOf(parent), parent, script)
  if (parent?.type === 'MemberExpression' && parent['object'] === call)
    return [nameOf(child(parent, 'property')) ?? '']
  const pattern = child(parent, 'id')
  if (parent?.type !== 'VariableDeclarator' || pattern?.type !== 'ObjectPattern') return undefined
  return list(pattern, 'properties').map((it) => nameOf(child(it, 'key')) ?? '')
}
