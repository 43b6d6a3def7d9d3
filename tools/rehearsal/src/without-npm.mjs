/**
 * What npx and pnpm hand on to scripts names the registry, and what the user's own files name may hold a
 * right to publish: neither gets here.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function withoutNpm(env) {
  const kept = Object.entries(env).filter(([name]) => !/^(?:p?npm_|node_auth_token)/i.test(name))
  return Object.fromEntries(kept)
}
