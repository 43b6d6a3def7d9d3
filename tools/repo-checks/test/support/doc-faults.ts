// The last TypeScript that can be asked from JavaScript.
import ts from 'typescript-6.0'

const UNIT = /seconds|milliseconds|bytes|characters|hops|number of|\d to \d/i

/** Exported names of a source file without a doc comment, and options whose comment lacks a default or a unit. */
export function docFaults(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true)
  const exported = source.statements.filter(isExported).filter((one) => !isInternal(one))
  const undescribed = exported.filter((one) => docOf(one) === '').flatMap(namesIn)
  const options = exported.filter((one) => namesIn(one)[0]?.endsWith('Options'))
  return [
    ...[...new Set(undescribed)]
      .filter((name) => !isDescribed(name, exported))
      .map((name) => `${path}: ${name} has no doc comment`),
    ...options.flatMap((one) => membersIn(one).flatMap((member) => faultsOf(member, path))),
  ]
}

function isExported(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  )
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal')
}

/** The first overload has the comment of all. */
function isDescribed(name: string, exported: readonly ts.Statement[]): boolean {
  return exported.some((one) => namesIn(one).includes(name) && docOf(one) !== '')
}

function docOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  return comments.map((one) => one.getText()).join('\n')
}

function namesIn(node: ts.Statement): readonly string[] {
  const declarations = ts.isVariableStatement(node)
    ? node.declarationList.declarations
    : [node as ts.Statement & ts.DeclarationStatement]
  return declarations.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []))
}

function membersIn(node: ts.Node): readonly ts.PropertySignature[] {
  const found: ts.PropertySignature[] = []
  const visit = (child: ts.Node): void => {
    if (ts.isPropertySignature(child)) found.push(child)
    else ts.forEachChild(child, visit)
  }
  visit(node)
  return found
}

function faultsOf(member: ts.PropertySignature, path: string): readonly string[] {
  const name = member.name.getText()
  const doc = docOf(member)
  const isExcluded = member.type?.kind === ts.SyntaxKind.NeverKeyword
  const lacksDefault = member.questionToken && !isExcluded && !/default|required|must/i.test(doc)
  const lacksUnit = isNumber(member.type) && !UNIT.test(doc) && !/(?:Seconds|Ms|Bytes)$/.test(name)
  return [
    ...(lacksDefault ? [`${path}: ${name} does not say its default`] : []),
    ...(lacksUnit ? [`${path}: ${name} does not say its unit`] : []),
  ]
}

function isNumber(type: ts.TypeNode | undefined): boolean {
  return type !== undefined && /\bnumber\b/.test(type.getText()) && !ts.isFunctionTypeNode(type)
}
