import {
  bare,
  child,
  isFunction,
  isMember,
  list,
  memberName,
  nameOf,
  type Script,
  stringOf,
  type Syntax,
} from './syntax.ts'

/** A declared name. */
export interface Binding {
  readonly name: string
  readonly kind: 'variable' | 'parameter' | 'import' | 'function'
  /** The identifier of its declaration. */
  readonly node: Syntax
  /** Its initial value, or the value that is destructured. */
  readonly init?: Syntax | undefined
  /** The destructured member of `init`. */
  readonly member?: string | undefined
  /** Its default value. */
  readonly standard?: Syntax | undefined
  /** The function itself, or the function of a parameter. */
  readonly owner?: Syntax | undefined
  /** The position of a parameter. */
  readonly index?: number
  /** The values assigned later. */
  readonly writes: Syntax[]
}

/** The scopes of a script and the names declared in them. */
export class Scopes {
  readonly #script: Script
  readonly #scopes = new Map<Syntax, Map<string, Binding>>()

  constructor(script: Script) {
    this.#script = script
    for (const node of script.all('ImportDeclaration')) this.#declareImports(node)
    for (const node of script.all('VariableDeclarator')) this.#declareVariable(node)
    for (const node of script.all('FunctionDeclaration')) this.#declareFunction(node)
    for (const node of functionsIn(script)) this.#declareParameters(node)
    for (const node of script.all('AssignmentExpression')) this.#noteWrite(node)
  }

  /** The declared name that an identifier refers to. */
  resolve(identifier: Syntax | undefined): Binding | undefined {
    const name = nameOf(identifier)
    if (name === undefined || !identifier) return undefined
    let at: Syntax | undefined = identifier
    while (at) {
      const found = this.#scopes.get(at)?.get(name)
      if (found) return found
      at = this.#script.parentOf(at)
    }
    return undefined
  }

  /** The value of a member, if the script contains it: in an object literal, in a class, or in `exports`. */
  memberValue(member: Syntax): Syntax | undefined {
    const name = memberName(member)
    const object = bare(child(member, 'object'))
    if (object?.type === 'ThisExpression')
      return writtenMember(this.#script.around(member, isClass), name)
    const binding = this.resolve(object)
    const init = binding?.member === undefined ? bare(binding?.init) : undefined
    return writtenMember(init, name) ?? this.exported(name)
  }

  /** The values assigned to `this.name` in the script. */
  writesOfThis(name: string | undefined): Syntax[] {
    const writes = this.#script.all('AssignmentExpression').filter((it) => {
      const left = child(it, 'left')
      return memberName(left) === name && child(left, 'object')?.type === 'ThisExpression'
    })
    return writes.flatMap((it) => child(it, 'right') ?? [])
  }

  /** The value assigned to `exports.name` or `module.exports.name`. */
  exported(name: string | undefined): Syntax | undefined {
    if (name === undefined) return undefined
    const assignment = this.#script.all('AssignmentExpression').findLast((it) => {
      const left = child(it, 'left')
      const right = child(it, 'right')
      const object = child(left, 'object')
      const isExports = nameOf(object) === 'exports' || memberName(object) === 'exports'
      return isExports && memberName(left) === name && right?.type !== 'UnaryExpression'
    })
    return child(assignment, 'right')
  }

  /** The identifiers that read a declared name. */
  readsOf(binding: Binding): Syntax[] {
    return this.#script
      .all('Identifier')
      .filter(
        (node) => nameOf(node) === binding.name && node !== binding.node && this.#isRead(node),
      )
      .filter((node) => this.resolve(node) === binding)
  }

  #isRead(node: Syntax): boolean {
    const parent = this.#script.parentOf(node)
    if (parent && isMember(parent))
      return parent['property'] !== node || parent['computed'] === true
    if (parent?.type === 'ObjectProperty')
      return parent['key'] !== node || parent['shorthand'] === true
    if (parent?.type === 'AssignmentExpression') return parent['left'] !== node
    return true
  }

  #declare(scope: Syntax, binding: Omit<Binding, 'writes'>): void {
    const names = this.#scopes.get(scope) ?? new Map<string, Binding>()
    names.set(binding.name, { ...binding, writes: [] })
    this.#scopes.set(scope, names)
  }

  #declareImports(node: Syntax): void {
    for (const specifier of list(node, 'specifiers')) {
      const local = child(specifier, 'local')
      const imported = child(specifier, 'imported')
      const member =
        specifier.type === 'ImportSpecifier' ? (nameOf(imported) ?? stringOf(imported)) : undefined
      if (local)
        this.#declare(this.#script.root, {
          name: nameOf(local) ?? '',
          kind: 'import',
          node: local,
          init: node,
          member,
        })
    }
  }

  #declareVariable(node: Syntax): void {
    const declaration = this.#script.parentOf(node)
    const isVar = declaration?.['kind'] === 'var'
    const scope = this.#script.around(node, isVar ? isFunctionOrRoot : isScope) ?? this.#script.root
    const pattern = child(node, 'id')
    if (pattern)
      this.#declarePattern(scope, pattern, { kind: 'variable', init: child(node, 'init') })
  }

  #declareFunction(node: Syntax): void {
    const id = child(node, 'id')
    const scope = this.#script.around(node, isScope) ?? this.#script.root
    if (id)
      this.#declare(scope, { name: nameOf(id) ?? '', kind: 'function', node: id, owner: node })
  }

  #declareParameters(node: Syntax): void {
    for (const [index, pattern] of list(node, 'params').entries()) {
      this.#declarePattern(node, pattern, { kind: 'parameter', owner: node, index })
    }
  }

  #declarePattern(
    scope: Syntax,
    pattern: Syntax,
    about: Pick<Binding, 'kind'> & Partial<Binding>,
  ): void {
    const name = nameOf(pattern)
    if (name !== undefined) return this.#declare(scope, { ...about, name, node: pattern })
    if (pattern.type === 'AssignmentPattern') {
      const left = child(pattern, 'left')
      if (left) this.#declarePattern(scope, left, { ...about, standard: child(pattern, 'right') })
    }
    if (pattern.type === 'TSParameterProperty') {
      const parameter = child(pattern, 'parameter')
      if (parameter) this.#declarePattern(scope, parameter, about)
    }
    for (const property of list(pattern, 'properties')) {
      const value = child(property, 'value')
      const key = child(property, 'key')
      if (value)
        this.#declarePattern(scope, value, { ...about, member: nameOf(key) ?? stringOf(key) })
    }
    for (const element of list(pattern, 'elements'))
      this.#declarePattern(scope, element, { ...about, member: '[]' })
  }

  #noteWrite(node: Syntax): void {
    const right = child(node, 'right')
    const binding = this.resolve(child(node, 'left'))
    if (binding && right) binding.writes.push(right)
  }
}

function isClass({ type }: Syntax): boolean {
  return type === 'ClassDeclaration' || type === 'ClassExpression'
}

/** A method or the value of a property in an object literal or a class. */
export function writtenMember(
  owner: Syntax | undefined,
  name: string | undefined,
): Syntax | undefined {
  const members = [...list(owner, 'properties'), ...list(child(owner, 'body'), 'body')]
  const member = members.find((it) => {
    const key = child(it, 'key')
    return name !== undefined && it['computed'] !== true && (nameOf(key) ?? stringOf(key)) === name
  })
  return member && isFunction(member) ? member : child(member, 'value')
}

function isScope(node: Syntax): boolean {
  return (
    isFunction(node) ||
    /^(?:Program|BlockStatement|For\w*Statement|CatchClause|StaticBlock|SwitchStatement)$/.test(
      node.type,
    )
  )
}

function isFunctionOrRoot(node: Syntax): boolean {
  return isFunction(node) || node.type === 'Program'
}

function functionsIn(script: Script): Syntax[] {
  return script.all(
    'FunctionDeclaration',
    'FunctionExpression',
    'ArrowFunctionExpression',
    'ObjectMethod',
    'ClassMethod',
    'ClassPrivateMethod',
  )
}

/** The function that an expression is, or refers to in the same script. */
export function functionOf(node: Syntax | undefined, scopes: Scopes): Syntax | undefined {
  const expression = bare(node)
  if (!expression) return undefined
  if (isFunction(expression)) return expression
  // Compilers write `(0, exports.name)()`.
  if (expression.type === 'SequenceExpression')
    return functionOf(list(expression, 'expressions').at(-1), scopes)
  if (isMember(expression)) return functionOf(scopes.memberValue(expression), scopes)
  if (expression.type === 'AssignmentExpression')
    return functionOf(child(expression, 'right'), scopes)
  const binding = scopes.resolve(expression)
  if (binding?.kind === 'function') return binding.owner
  const init = bare(binding?.member === undefined ? binding?.init : undefined)
  return init && (isFunction(init) || init.type === 'AssignmentExpression')
    ? functionOf(init, scopes)
    : undefined
}
