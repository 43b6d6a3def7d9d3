// The last TypeScript that can be asked from JavaScript.
import ts from 'typescript-6.0'

import type { EntryPoint } from './entry-points.ts'
import { exportsOf, programOf, type ReadSource } from './hidden-types.ts'

const PRINTER = ts.createPrinter({ removeComments: true })

/**
 * Everything that a package exports, sorted, with its declarations and without comments: a change of the
 * API is a change of this text. What is marked `@internal` is left out.
 *
 * @param title the name of the package
 * @param entries every way into it
 * @param others ways into packages whose exports it may pass on
 */
export function apiReport(
  title: string,
  entries: readonly EntryPoint[],
  others: readonly EntryPoint[] = [],
  read: ReadSource = (path) => ts.sys.readFile(path),
): string {
  const program = programOf([...entries, ...others], read)
  const checker = program.getTypeChecker()
  const declarations = new Map<string, ts.Symbol>()
  const lists = entries.map((entry) => {
    const names = [...exportsOf(program, entry)]
      .filter((symbol) => !isInternal(symbol, checker))
      .map((symbol) => {
        const name = nameOf(symbol)
        declarations.set(`${name} ${placeOf(symbol)}`, symbol)
        return name
      })
    return `## ${entry.name}\n\n${[...new Set(names)].toSorted().join(', ') || 'Nothing for users.'}\n`
  })
  const texts = [...declarations]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, symbol]) => declarationOf(symbol))
  const heading = `# The API of ${title}\n\nWritten by a test: \`npx vitest run --project node tools/repo-checks -u\`.\n`
  return `${heading}\n${lists.join('\n')}\n## Declarations\n\n\`\`\`ts\n${texts.join('\n')}\n\`\`\`\n`
}

function isInternal(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return symbol.getJsDocTags(checker).some(({ name }) => name === 'internal')
}

function placeOf({ declarations = [] }: ts.Symbol): string {
  return declarations[0]?.getSourceFile().fileName ?? ''
}

/** `default` is the name of an export; the declaration may have one of its own. */
function nameOf({ name, declarations = [] }: ts.Symbol): string {
  const [declaration] = declarations
  // `export * as default`: a module is named after its file, which has another path on each machine.
  if (declaration && ts.isSourceFile(declaration)) return 'default'
  if (name !== 'default' || !declaration) return name
  const own = ts.getNameOfDeclaration(declaration)
  return own && ts.isIdentifier(own) ? own.text : name
}

function declarationOf(symbol: ts.Symbol): string {
  const files = new Set((symbol.declarations ?? []).map((node) => node.getSourceFile()))
  const name = nameOf(symbol)
  return [...files]
    .flatMap((file) => statementsOf(file).filter((statement) => namesIn(statement).includes(name)))
    .map((statement) =>
      PRINTER.printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile()),
    )
    .join('\n')
}

const written = new WeakMap<ts.SourceFile, readonly ts.Statement[]>()

/** The statements of a file's declarations. */
function statementsOf(file: ts.SourceFile): readonly ts.Statement[] {
  const known = written.get(file)
  if (known) return known
  const compilerOptions = { stripInternal: true, target: ts.ScriptTarget.ES2023 }
  const { outputText } = ts.transpileDeclaration(file.text, {
    fileName: file.fileName,
    compilerOptions,
  })
  const { statements } = ts.createSourceFile('api.d.ts', outputText, ts.ScriptTarget.ES2023, true)
  written.set(file, [...statements])
  return [...statements]
}

function namesIn(statement: ts.Statement): readonly string[] {
  const nodes = ts.isVariableStatement(statement)
    ? [...statement.declarationList.declarations]
    : [statement as ts.Statement & ts.Declaration]
  return nodes.flatMap((node) => {
    const name = ts.getNameOfDeclaration(node)
    if (name && ts.isIdentifier(name)) return [name.text]
    return ts.isExportAssignment(statement) ? ['default'] : []
  })
}
