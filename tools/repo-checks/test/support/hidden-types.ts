import { dirname, resolve } from 'node:path'

// The last TypeScript that can be asked from JavaScript.
import ts from 'typescript-6.0'

import type { EntryPoint } from './entry-points.ts'

/** Reads a source file; `undefined` where there is none. */
export type ReadSource = (path: string) => string | undefined

/**
 * Finds the types that a declaration of an entry point names and that users cannot import: neither from
 * that entry point nor from the main one of the package. Reads the sources, whose declarations are
 * explicit (`isolatedDeclarations`), so that nothing has to be inferred or built.
 *
 * @param packages the entry points of each package, the main one first
 */
export function hiddenTypes(
  packages: readonly (readonly EntryPoint[])[],
  read: ReadSource = (path) => ts.sys.readFile(path),
): readonly string[] {
  const program = programOf(packages.flat(), read)
  return packages.flatMap(([main, ...others]) => {
    if (!main) return []
    const shared = exportsOf(program, main)
    return [main, ...others].flatMap((entry) => {
      const exported = exportsOf(program, entry)
      const isHidden = (type: ts.Symbol): boolean => !exported.has(type) && !shared.has(type)
      return namesOf(program, exported, dirname(main.file), isHidden).map(
        (name) => `${entry.name}: ${name}`,
      )
    })
  })
}

function namesOf(
  program: ts.Program,
  exported: ReadonlySet<ts.Symbol>,
  folder: string,
  isHidden: (type: ts.Symbol) => boolean,
): readonly string[] {
  const isOurs = (node: ts.Node): boolean => node.getSourceFile().fileName.startsWith(folder)
  return [...exported].flatMap((symbol) => {
    const declarations = (symbol.declarations ?? []).filter(isOurs)
    const named = new Set(declarations.flatMap((node) => typesNamedBy(program, node)))
    return [...named].filter(isHidden).map((type) => `${type.name}, named by ${symbol.name}`)
  })
}

/** The types that users see in a declaration: not in bodies, not in private members. */
function typesNamedBy(program: ts.Program, declaration: ts.Node): readonly ts.Symbol[] {
  const found: ts.Symbol[] = []
  const visit = (node: ts.Node): void => {
    if (isPrivate(node)) return
    const name = typeNameOf(node)
    const type = name && typeOf(program, name)
    if (type) found.push(type)
    ts.forEachChild(node, (child) => (isUnseen(node, child) ? undefined : visit(child)))
  }
  visit(declaration)
  return found
}

function typeNameOf(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName
  return ts.isExpressionWithTypeArguments(node) ? node.expression : undefined
}

// What is not of these packages has no declaration here. A parameter of a type has no need of a name.
function typeOf(program: ts.Program, name: ts.Node): ts.Symbol | undefined {
  const checker = program.getTypeChecker()
  const symbol = checker.getSymbolAtLocation(name)
  const type = symbol && original(checker, symbol)
  if (!type?.declarations || type.flags & ts.SymbolFlags.TypeParameter) return undefined
  return type
}

// A value is seen where no type stands beside it: the parameters of an arrow function, `as const`.
function isUnseen(parent: ts.Node, child: ts.Node): boolean {
  if (ts.isFunctionLike(parent)) return 'body' in parent && parent.body === child
  if (ts.isParameter(parent)) return parent.initializer === child
  const isMember = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)
  return isMember && parent.initializer === child && parent.type !== undefined
}

function isPrivate(node: ts.Node): boolean {
  const isNamedSo = ts.isClassElement(node) && node.name && ts.isPrivateIdentifier(node.name)
  return isNamedSo || (ts.canHaveModifiers(node) && hasPrivate(node))
}

function hasPrivate(node: ts.HasModifiers): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) ?? false
}

export function exportsOf(program: ts.Program, { name, file }: EntryPoint): ReadonlySet<ts.Symbol> {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (!module) throw new Error(`${name}: no module at ${file}`)
  return new Set(checker.getExportsOfModule(module).map((symbol) => original(checker, symbol)))
}

function original(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** Our own files and nothing else: the rest of the world would take ten times as long to read. */
export function programOf(entries: readonly EntryPoint[], read: ReadSource): ts.Program {
  const files = new Map(entries.map(({ name, file }) => [name, file]))
  const options = { noLib: true, types: [], allowImportingTsExtensions: true, noEmit: true }
  const resolveOne = (name: string, from: string): ts.ResolvedModuleWithFailedLookupLocations => {
    const path = name.startsWith('.') ? resolve(dirname(from), name) : files.get(name)
    if (path === undefined || read(path) === undefined) return { resolvedModule: undefined }
    return { resolvedModule: { resolvedFileName: path, extension: ts.Extension.Ts } }
  }
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
    getSourceFile: (path, languageVersion) => {
      const text = read(path)
      return text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion)
    },
    resolveModuleNameLiterals: (names, from) => names.map(({ text }) => resolveOne(text, from)),
  }
  return ts.createProgram([...files.values()], options, host)
}
