import { parse, type ParserPlugin } from '@babel/parser'

/** A node of a syntax tree. Its members depend on its type; read them with the functions below. */
export interface Syntax {
  readonly type: string
  /** Offset in characters from the start of the script. */
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

/** A comment, and the line where it ends. */
export interface Comment {
  readonly text: string
  readonly line: number
}

/** A parsed script: its nodes by type, and the parent of each. */
export class Script {
  readonly text: string
  readonly comments: readonly Comment[]
  readonly root: Syntax
  readonly #byType = new Map<string, Syntax[]>()
  readonly #parents = new Map<Syntax, Syntax>()

  private constructor(text: string, root: Syntax, comments: readonly Comment[]) {
    this.text = text
    this.root = root
    this.comments = comments
    this.#index(root)
  }

  /** Parses a script. @throws when it cannot be parsed */
  static read(text: string, extension: string): Script {
    const file = parseAs(text, pluginsFor(extension))
    const comments = (file.comments ?? []).map(({ value, loc }) => ({
      text: value,
      line: loc?.end.line ?? 0,
    }))
    if (!isSyntax(file.program)) throw new TypeError('a program expected')
    return new Script(text, file.program, comments)
  }

  #index(node: Syntax): void {
    const group = this.#byType.get(node.type)
    if (group) group.push(node)
    else this.#byType.set(node.type, [node])
    for (const child of childrenOf(node)) {
      this.#parents.set(child, node)
      this.#index(child)
    }
  }

  /** All nodes of some types: type by type, in the order of the text. */
  all(...types: readonly string[]): Syntax[] {
    return types.flatMap((type) => this.#byType.get(type) ?? [])
  }

  parentOf(node: Syntax): Syntax | undefined {
    return this.#parents.get(node)
  }

  /** The nearest ancestor of a node that fits. */
  around(node: Syntax, fits: (node: Syntax) => boolean): Syntax | undefined {
    let at = this.#parents.get(node)
    while (at && !fits(at)) at = this.#parents.get(at)
    return at
  }

  /** The function around a node; `undefined` at the top of a module. */
  functionAround(node: Syntax): Syntax | undefined {
    return this.around(node, isFunction)
  }

  textOf({ start, end }: Syntax): string {
    return this.text.slice(start, end)
  }
}

const COMMON: ParserPlugin[] = ['decorators-legacy', 'explicitResourceManagement']

function pluginsFor(extension: string): ParserPlugin[][] {
  if (/^[cm]?ts$/.test(extension)) return [['typescript', ...COMMON]]
  if (extension === 'tsx') return [['typescript', 'jsx', ...COMMON]]
  return [
    ['jsx', ...COMMON],
    ['jsx', 'flow', ...COMMON],
    ['typescript', ...COMMON],
  ]
}

function parseAs(text: string, attempts: readonly ParserPlugin[][]): ReturnType<typeof parse> {
  let failure: unknown
  for (const plugins of attempts) {
    try {
      return parse(text, {
        plugins: [...plugins],
        sourceType: 'unambiguous',
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowSuperOutsideMethod: true,
        allowUndeclaredExports: true,
      })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function isSyntax(value: unknown): value is Syntax {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    'start' in value
  )
}

const NOT_CHILDREN = new Set([
  'loc',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'extra',
  'errors',
  'tokens',
])

/** The children of a node. */
function childrenOf(node: Syntax): Syntax[] {
  return Object.entries(node).flatMap(([name, value]) => {
    if (NOT_CHILDREN.has(name)) return []
    return Array.isArray(value) ? value.filter(isSyntax) : isSyntax(value) ? [value] : []
  })
}

/** A member of a node that is a node. */
export function child(node: Syntax | undefined, member: string): Syntax | undefined {
  const value = node?.[member]
  return isSyntax(value) ? value : undefined
}

/** A member of a node that is a list of nodes. */
export function list(node: Syntax | undefined, member: string): Syntax[] {
  const value = node?.[member]
  return Array.isArray(value) ? value.filter(isSyntax) : []
}

/** The name of an identifier; `undefined` for any other node. */
export function nameOf(node: Syntax | undefined): string | undefined {
  const isNamed = node?.type === 'Identifier' || node?.type === 'JSXIdentifier'
  return isNamed && typeof node['name'] === 'string' ? node['name'] : undefined
}

/** The value of a string literal; `undefined` for any other node. */
export function stringOf(node: Syntax | undefined): string | undefined {
  if (node?.type === 'StringLiteral' && typeof node['value'] === 'string') return node['value']
  if (node?.type !== 'TemplateLiteral' || list(node, 'expressions').length > 0) return undefined
  const value = list(node, 'quasis')[0]?.['value']
  return typeof value === 'object' &&
    value !== null &&
    'cooked' in value &&
    typeof value.cooked === 'string'
    ? value.cooked
    : undefined
}

/** The value of a numeric literal; `undefined` for any other node. */
export function numberOf(node: Syntax | undefined): number | undefined {
  return node?.type === 'NumericLiteral' && typeof node['value'] === 'number'
    ? node['value']
    : undefined
}

/** Strips `as`, `!`, `satisfies`, parentheses and `await` from an expression. */
export function bare(node: Syntax | undefined): Syntax | undefined {
  const isWrapped =
    node !== undefined &&
    /^(?:TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|TSTypeAssertion|ParenthesizedExpression|AwaitExpression)$/.test(
      node.type,
    )
  return isWrapped ? bare(child(node, 'expression') ?? child(node, 'argument')) : node
}

export function isFunction({ type }: Syntax): boolean {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod|ClassPrivateMethod)$/.test(
    type,
  )
}

export function isCall(node: Syntax | undefined): boolean {
  return node?.type === 'CallExpression' || node?.type === 'OptionalCallExpression'
}

export function isMember(node: Syntax | undefined): boolean {
  return node?.type === 'MemberExpression' || node?.type === 'OptionalMemberExpression'
}

/** The name in a member access, as in `.name` and `['name']`. */
export function memberName(node: Syntax | undefined): string | undefined {
  if (!node || !isMember(node)) return undefined
  const property = child(node, 'property')
  return node['computed'] === true ? stringOf(property) : nameOf(property)
}

/** The name of the function or method that a call calls. */
export function calleeName(call: Syntax | undefined): string | undefined {
  const callee = bare(child(call, 'callee'))
  return nameOf(callee) ?? memberName(callee)
}

/** A node and all its descendants. */
export function* within(node: Syntax): Generator<Syntax> {
  yield node
  for (const below of childrenOf(node)) yield* within(below)
}
