/* oxlint-disable typescript/no-unnecessary-type-parameters, typescript/no-redundant-type-constituents
   -- the packages are not installed here, but where this is copied to */

// What `authenticate` finds is what `authorize` gets, without a type being named, however the two are
// written in place.

import {
  allow,
  type Authenticator,
  createTickets,
  createTokenHandler,
  deny,
  firstOf,
  reportOnly,
  rules,
  session,
  sharedSecret,
  unsafeAllowEveryone,
} from '@rtc-token/server'
import { bearerJwt, type JwtSubject } from '@rtc-token/server/auth/jwt'
import { toNodeListener } from '@rtc-token/server/node'

interface User {
  readonly id: string
  readonly tenant: string
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

declare function userOf(request: Request): Promise<User | undefined>
/** Compiles only where the value is of type `T`, neither wider nor narrower. */
declare function is<T>(): <V>(value: V, same: Same<T, V>) => true

const project = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) }
const jwt = { secret: 's'.repeat(32), issuer: 'https://id.example/', audience: 'tokens' }
const tickets = createTickets<User>({ secrets: ['t'.repeat(32)] })
const secret = { secrets: ['s'.repeat(32)], subject: { id: 'backend', jobs: 1 } }

createTokenHandler({
  project,
  authenticate: bearerJwt(jwt),
  authorize: ({ subject }) => (is<JwtSubject>()(subject, true) ? allow() : deny()),
})
createTokenHandler({
  project,
  authenticate: bearerJwt({ ...jwt, toSubject: ({ sub }) => (sub ? { id: sub, seats: 2 } : null) }),
  authorize: ({ subject }) =>
    is<{ id: string; seats: number }>()(subject, true) ? allow() : deny(),
})
createTokenHandler({
  project,
  authenticate: bearerJwt({ ...jwt, toSubject: async ({ sub = '' }) => ({ name: sub }) }),
  async authorize({ subject }) {
    return is<{ name: string }>()(subject, true) ? allow() : deny()
  },
})
createTokenHandler({
  project,
  authenticate: session(userOf),
  authorize: async ({ subject }) => (is<User>()(subject, true) ? allow() : deny()),
})
createTokenHandler({
  project,
  authenticate: session(async (request) => (await userOf(request)) ?? null),
  authorize: ({ subject }) => (is<User>()(subject, true) ? allow() : deny()),
})
createTokenHandler({
  project,
  authorize: ({ subject }) => (is<User>()(subject, true) ? allow() : deny()),
  authenticate: session(userOf),
})
createTokenHandler({
  project,
  authenticate: sharedSecret(secret),
  authorize: ({ subject }) =>
    is<{ id: string; jobs: number }>()(subject, true) ? allow() : deny(),
})
createTokenHandler({
  project,
  authenticate: firstOf(session(userOf), tickets.authenticate),
  authorize: ({ subject }) => (is<User>()(subject, true) ? allow() : deny()),
})
createTokenHandler({
  project,
  authenticate: firstOf(bearerJwt(jwt), firstOf(tickets.authenticate), (request) =>
    request.headers.has('x-guest') ? { guest: true } : null,
  ),
  authorize: ({ subject }) =>
    is<JwtSubject | User | { guest: boolean }>()(subject, true) ? allow() : deny(),
})
createTokenHandler({
  project,
  authenticate: (request) => userOf(request),
  authorize: ({ subject }) => (is<User>()(subject, true) ? allow() : deny()),
})

// Rules, written in place.
createTokenHandler({
  project,
  authenticate: session(userOf),
  authorize: rules(
    [{ channel: 'stage', if: ({ subject }) => is<User>()(subject, true) }, { channel: 'lobby' }],
    { identity: (subject) => ({ account: is<User>()(subject, true) ? subject.id : '' }) },
  ),
})
createTokenHandler({
  project,
  authenticate: firstOf(bearerJwt(jwt), tickets.authenticate),
  authorize: rules([
    { channel: 'stage', if: async ({ subject }) => is<JwtSubject | User>()(subject, true) },
  ]),
})
createTokenHandler({
  project,
  authenticate: userOf,
  authorize: rules([{ channel: 'stage' }], { identity: ({ id }) => ({ account: id }) }),
})
createTokenHandler({
  project,
  authenticate: bearerJwt(jwt),
  authorize: reportOnly(
    rules([{ channel: 'stage', if: ({ subject }) => is<JwtSubject>()(subject, true) }]),
    { until: '2026-12-24', onReport: ({ subject }) => void is<JwtSubject>()(subject, true) },
  ),
})

// An authenticator around another, in a call around the handler.
function logged<S>(authenticate: Authenticator<S>): Authenticator<S> {
  return (request, context) => authenticate(request, context)
}
toNodeListener(
  createTokenHandler({
    project,
    authenticate: logged(logged(session(userOf))),
    inspect: { authenticate: sharedSecret(secret) },
    authorize: ({ subject }) => (is<User>()(subject, true) ? allow() : deny()),
  }),
)

// A type that is named is the one that holds.
createTokenHandler<User>({
  project,
  authenticate: userOf,
  authorize: rules([{ channel: 'stage', if: ({ subject }) => is<User>()(subject, true) }]),
})
createTokenHandler({ project, ...unsafeAllowEveryone() })

// A policy may be for less than is found, and never for more.
createTokenHandler({
  project,
  authenticate: session(userOf),
  authorize: ({ subject }: { readonly subject: { readonly id: string } }) =>
    allow({ identity: { account: subject.id } }),
})
createTokenHandler({
  project,
  // @ts-expect-error -- a user has no plan
  authenticate: session(userOf),
  authorize: ({ subject }: { readonly subject: { readonly plan: string } }) =>
    deny('forbidden', subject.plan),
})
// @ts-expect-error -- rules for other users
createTokenHandler({ project, authenticate: userOf, authorize: rules<{ id: number }>([]) })
// @ts-expect-error -- finds less than a user
export const wrong: Authenticator<User> = () => ({ id: 'alice' })

void createTokenHandler({ project, authenticate: session(userOf), authorize: () => deny() }).issue(
  // @ts-expect-error -- less than a user
  { id: 'alice' },
  { channel: 'room-42' },
)
