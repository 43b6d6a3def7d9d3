import {
  allow,
  createTokenHandler,
  type Decision,
  deny,
  type TokenHandler,
} from '../../src/index.ts'

/** The project of the official examples; not a live one. */
export const HOST_PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}

/** The moment at which every host lives, in unix seconds. */
export const HOST_NOW = 1_795_288_141

/** The page that may ask from a browser. */
export const HOST_ORIGIN = 'https://app.example'

/** A text in which a piece of UTF-8 that is decoded by itself would show. */
export const NOTE = 'größe – 日本語 🎈'

const DECISIONS: Readonly<Record<string, (ask: { readonly ip?: string | undefined }) => Decision>> =
  {
    denies: () => deny('forbidden', 'Kein Zutritt – für niemanden'),
    throws: () => {
      throw new Error('the database is gone')
    },
    tells: ({ ip }) => deny('forbidden', `ip=${ip}`),
  }

/**
 * The endpoint that every host serves, also those in another process: nothing in it differs from run
 * to run but the salt of the tokens. `params.policy` says what the policy does, and `params.note` must
 * have arrived unharmed.
 */
export function hostEndpoint(): TokenHandler {
  return createTokenHandler({
    project: HOST_PROJECT,
    authenticate: ({ headers }) => headers.get('authorization') === 'Bearer alice' && 'alice',
    authorize: ({ params, ip, wish: { role } }) => {
      if ('note' in params && params['note'] !== NOTE)
        return deny('forbidden', 'the note is spoilt')
      return (DECISIONS[String(params['policy'])] ?? (() => allow({ role })))({ ip })
    },
    cors: { origins: [HOST_ORIGIN] },
    compat: { routes: 'agora-token-service' },
    clock: () => HOST_NOW * 1000 + 999,
    random: () => 0,
    onError: () => {},
  })
}
