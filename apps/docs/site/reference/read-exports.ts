// The last TypeScript that can be asked from JavaScript.
import ts from 'typescript-6.0'
import { entryPoints, type EntryPoint } from './entry-points.ts'

/** What a package exports under a name. */
export interface ExportedName {
  readonly name: string
  readonly kind: 'function' | 'class' | 'constant' | 'type'
  /** The declaration, with the comments of its members. */
  readonly declaration: string
  /** What the doc comment says, as Markdown. */
  readonly text: string
  /** The tags of the doc comment: `param`, `throws`, `example` …, in their order. */
  readonly tags: readonly (readonly [name: string, text: string])[]
  /** Where it is declared: the same for a name that several entry points pass on. */
  readonly place: string
}

/** The exports of an entry point. */
export interface ReadEntryPoint {
  readonly name: string
  readonly module: string
  readonly exports: readonly ExportedName[]
}

const OPTIONS: ts.CompilerOptions = {
  allowImportingTsExtensions: true,
  customConditions: ['@rtc-token/source'],
  jsx: ts.JsxEmit.ReactJSX,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  skipLibCheck: true,
  stripInternal: true,
  target: ts.ScriptTarget.ES2023,
  types: ['node'],
}

let known: readonly ReadEntryPoint[] | undefined

/** Everything that the packages export, read once: the sources do not change while guides are written. */
export function readExports(): readonly ReadEntryPoint[] {
  known ??= readNow(entryPoints())
  return known
}

function readNow(entries: readonly EntryPoint[]): readonly ReadEntryPoint[] {
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    OPTIONS,
  )
  const checker = program.getTypeChecker()
  return entries.map(({ name, file }) => {
    const source = program.getSourceFile(file)
    const symbol = source && checker.getSymbolAtLocation(source)
    const exported = symbol ? checker.getExportsOfModule(symbol) : []
    const names = exported.flatMap((one) => readExport(one, checker))
    return { name, module: source ? moduleComment(source) : '', exports: names }
  })
}

/** The comment at the top of a file that is marked `@module`. */
function moduleComment(source: ts.SourceFile): string {
  const [, comment = ''] = /^\/\*\*([^]*?)@module[^]*?\*\//.exec(source.text) ?? []
  return comment.replaceAll(/^[ \t]*\*[ \t]?/gm, '').trim()
}

function readExport(exported: ts.Symbol, checker: ts.TypeChecker): readonly ExportedName[] {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported
  const [declaration] = symbol.declarations ?? []
  const tags = symbol.getJsDocTags(checker)
  const written = wordsOf(symbol, checker) ?? functionsOf(symbol, checker) ?? declarationOf(symbol)
  // Nothing is written of `export * as default`, whose names are all here.
  if (!declaration || written === '' || tags.some(({ name }) => name === 'internal')) return []
  const source = declaration.getSourceFile()
  return [
    {
      name: exported.name,
      kind: kindOf(symbol),
      declaration: written.replaceAll(/^(?: {4})+/gm, ({ length }) => ' '.repeat(length / 2)),
      text: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
      tags: tags.map(({ name, text }) => [name, ts.displayPartsToString(text)] as const),
      place: `${source.fileName}:${declaration.pos}`,
    },
  ]
}

function kindOf({ flags }: ts.Symbol): ExportedName['kind'] {
  if (flags & ts.SymbolFlags.Class) return 'class'
  if (flags & ts.SymbolFlags.Function) return 'function'
  return flags & ts.SymbolFlags.Variable ? 'constant' : 'type'
}

/** A type that picks words from a table of the source, with its words; `undefined` for any other. */
function wordsOf(symbol: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  const [declaration] = symbol.declarations ?? []
  if (!declaration || !ts.isTypeAliasDeclaration(declaration)) return undefined
  if (!declaration.type.getText().includes('typeof ')) return undefined
  const type = checker.getDeclaredTypeOfSymbol(symbol)
  if (!type.isUnion() || !type.types.every((one) => one.isStringLiteral())) return undefined
  const words = type.types.map((one) => `'${one.value}'`)
  return `type ${symbol.name} =\n${words.map((word) => `    | ${word}`).join('\n')};`
}

/** A constant whose type is that of an internal constant, with its functions; `undefined` for any other. */
function functionsOf(symbol: ts.Symbol, checker: ts.TypeChecker): string | undefined {
  if (!/^const \w+: \w+<typeof /.test(declarationOf(symbol))) return undefined
  const members = checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol))
  const written = members.map((member) => functionOf(member, checker))
  return `const ${symbol.name}: {\n${written.join('\n')}\n};`
}

function functionOf(member: ts.Symbol, checker: ts.TypeChecker): string {
  const type = checker.getTypeOfSymbol(member)
  const { InTypeAlias, NoTruncation } = ts.TypeFormatFlags
  const written = checker
    .getSignaturesOfType(type, ts.SignatureKind.Call)
    .map((one) => checker.signatureToString(one, undefined, InTypeAlias | NoTruncation))
  const about = ts.displayPartsToString(member.getDocumentationComment(checker))
  const tags = member
    .getJsDocTags(checker)
    .map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`)
  const lines = [about, ...tags].join('\n').replaceAll('\n', '\n     * ')
  return `    /**\n     * ${lines}\n     */\n    ${member.name}${written.join().replaceAll(' | undefined', '')};`
}

/** The declaration as `.d.ts` files have it, without the comment above it. */
function declarationOf(symbol: ts.Symbol): string {
  const files = new Set((symbol.declarations ?? []).map((node) => node.getSourceFile()))
  const texts = [...files].flatMap((file) =>
    statementsOf(file)
      .filter((statement) => namesIn(statement).includes(symbol.name))
      .map((statement) => statement.getText()),
  )
  return texts.join('\n').replaceAll(/\bexport (?:declare )?/g, '')
}

const declared = new WeakMap<ts.SourceFile, readonly ts.Statement[]>()

function statementsOf(file: ts.SourceFile): readonly ts.Statement[] {
  const read = declared.get(file)
  if (read) return read
  const { outputText } = ts.transpileDeclaration(file.text, {
    fileName: file.fileName,
    compilerOptions: { stripInternal: true, target: ts.ScriptTarget.ES2023 },
  })
  const { statements } = ts.createSourceFile('api.d.ts', outputText, ts.ScriptTarget.ES2023, true)
  declared.set(file, statements)
  return statements
}

function namesIn(statement: ts.Statement): readonly string[] {
  const nodes: readonly ts.Node[] = ts.isVariableStatement(statement)
    ? statement.declarationList.declarations
    : [statement]
  return nodes.flatMap((node) => {
    const name = ts.getNameOfDeclaration(node as ts.Declaration) // oxlint-disable-line typescript/no-unsafe-type-assertion -- undefined for what declares nothing
    return name && ts.isIdentifier(name) ? [name.text] : []
  })
}
