import { join } from 'node:path'
// The last TypeScript that can be asked from JavaScript.
import ts from 'typescript-6.0'
import { ROOT } from '../../site/repository.ts'
import { type CodeBlock, fileOf, isCompiled } from './code-blocks.ts'

const OPTIONS: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  allowJs: true,
  checkJs: true,
  customConditions: ['@rtc-token/source'],
  esModuleInterop: true,
  jsx: ts.JsxEmit.ReactJSX,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  target: ts.ScriptTarget.ES2023,
  types: ['node'],
}

/** Where packages are looked for that the examples import. */
const WORKSPACES = [
  'apps/docs',
  'packages/server',
  'packages/client-renewer',
  'apps/demo',
  'packages/core',
  'tools/agora-sdks',
]

/** What a host provides, and packages that this repository does not install. */
const AMBIENT = `
declare module 'cloudflare:workers' { export const env: Record<string, string | undefined> }
declare module 'firebase-functions/https' {
  type Handler = (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown
  export function onRequest(options: { readonly secrets: readonly string[] }, handler: Handler): unknown
}
declare module 'next/dynamic' {
  export default function dynamic<P>(load: () => Promise<import('react').ComponentType<P>>, options: { readonly ssr: boolean }): (props: P) => import('react').JSX.Element
}
`
const AMBIENT_FILE = join(ROOT, 'apps/docs/.blocks/ambient.d.ts')

/** "Cannot find name" and its kin: in a part of a file, a name may stand for the reader's own code. */
const NAMES = new Set([2304, 2503, 2552, 2663, 18004])
const MODULES = new Set([2307, 2792, 7016])
/** Parameters without a type: JavaScript needs none, and what calls a part of a file may stand outside it. */
const IMPLICIT = new Set([7005, 7006, 7019, 7031, 7034])
/** "No overload matches": typings that are narrower than what JavaScript may do. */
const OVERLOADS = 2769

/** What the compiler says of blocks of code, by their places. */
export function compileBlocks(blocks: readonly CodeBlock[]): readonly string[] {
  const compiled = new Map(blocks.filter(isCompiled).map((block) => [fileOf(block), block]))
  const program = programOf(compiled)
  return [...compiled].flatMap(([file, block]) => {
    const source = program.getSourceFile(file)
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]
    return found.filter((one) => counts(one, block)).map((one) => `${block.place} ${textOf(one)}`)
  })
}

function counts({ code, messageText }: ts.Diagnostic, { title, language }: CodeBlock): boolean {
  const isTyped = language.startsWith('t')
  if (!isTyped && (IMPLICIT.has(code) || code === OVERLOADS)) return false
  if (title !== undefined) return true
  if (IMPLICIT.has(code)) return false
  if (MODULES.has(code))
    return /'@rtc-token\//.test(ts.flattenDiagnosticMessageText(messageText, ' '))
  return !NAMES.has(code)
}

function textOf({ messageText, start = 0, file }: ts.Diagnostic): string {
  const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1
  return `+${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
}

/** Files that are no blocks, read once for all programs. */
const libraries = new Map<string, ts.SourceFile>()

function programOf(compiled: ReadonlyMap<string, CodeBlock>): ts.Program {
  const host = ts.createCompilerHost(OPTIONS)
  const text = (path: string): string | undefined =>
    path === AMBIENT_FILE ? AMBIENT : withJsxOf(compiled.get(path)?.code)
  const own = { ...host }
  host.fileExists = (path) => text(path) !== undefined || own.fileExists(path)
  host.readFile = (path) => text(path) ?? own.readFile(path)
  host.directoryExists = () => true
  host.getSourceFile = (path, language, ...rest) => {
    const code = text(path)
    if (code !== undefined) return ts.createSourceFile(path, code, language, true)
    const known = libraries.get(path) ?? own.getSourceFile(path, language, ...rest)
    if (known) libraries.set(path, known)
    return known
  }
  host.resolveModuleNameLiterals = (names, containing) =>
    names.map(({ text: name }) => resolve(name, containing, host))
  return ts.createProgram([AMBIENT_FILE, ...compiled.keys()], OPTIONS, host)
}

/** JSX is that of the framework that the block imports, as the reader's own project sets it; React's by default. */
function withJsxOf(code: string | undefined): string | undefined {
  const isSolid = code !== undefined && /from 'solid-js'/.test(code)
  return isSolid ? `/** @jsxImportSource solid-js */ ${code}` : code
}

function resolve(
  name: string,
  containing: string,
  host: ts.CompilerHost,
): ts.ResolvedModuleWithFailedLookupLocations {
  const found = ts.resolveModuleName(name, containing, OPTIONS, host)
  if (found.resolvedModule || name.startsWith('.')) return found
  const elsewhere = WORKSPACES.map((workspace) =>
    ts.resolveModuleName(name, join(ROOT, workspace, 'blocks.ts'), OPTIONS, host),
  )
  return elsewhere.find(({ resolvedModule }) => resolvedModule) ?? found
}
