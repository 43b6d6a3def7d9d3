import { Refusal } from '../../src/errors/refusal.ts'

const refuses = (): never => {
  throw new Error('not to be read')
}

/** Things that a stranger may throw, such that reading or printing them throws in its turn. */
export const HOSTILE: readonly (readonly [name: string, thrown: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['an empty text', ''],
  ['a symbol', Symbol('x')],
  ['a function', () => {}],
  ['an object without a prototype', Object.create(null)],
  ...['name', 'message', 'stack', 'cause', 'code', 'then', 'toJSON'].map(
    (member) =>
      [`an error with a ${member} that throws`, errorWith({ [member]: { get: refuses } })] as const,
  ),
  ...['name', 'message', 'stack'].map(
    (member) =>
      [
        `an error whose ${member} is a symbol`,
        errorWith({ [member]: { value: Symbol('x') } }),
      ] as const,
  ),
  [
    'an error all of whose members throw',
    errorWith({
      name: { get: refuses },
      message: { get: refuses },
      stack: { get: refuses },
      cause: { get: refuses },
    }),
  ],
  [
    'an error that is its own cause',
    errorWith({
      cause: {
        get(this: unknown) {
          return this
        },
      },
    }),
  ],
  [
    'an object that is no text',
    {
      [Symbol.toPrimitive]: refuses,
      toString: refuses,
      [Symbol.for('nodejs.util.inspect.custom')]: refuses,
    },
  ],
  ['a proxy', new Proxy(new Error('x'), everyTrap())],
  ['a proxy of a function', new Proxy(() => {}, everyTrap())],
  ['a revoked proxy', revoked()],
  [
    'a refusal whose code throws',
    Object.defineProperty(new Refusal('forbidden'), 'code', { get: refuses }),
  ],
  [
    'a refusal of no known code',
    Object.defineProperty(new Refusal('forbidden'), 'code', { value: 'x' }),
  ],
]

function errorWith(members: PropertyDescriptorMap): Error {
  const error = new Error('hostile')
  // Made of the name and the message when it is read first, which must be before those are.
  Error.captureStackTrace(error)
  void error.stack
  return Object.defineProperties(error, members)
}

function everyTrap(): ProxyHandler<object> {
  return new Proxy({}, { get: () => refuses })
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
