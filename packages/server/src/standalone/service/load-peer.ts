import { ConfigError } from '../config/config-error.ts'

/**
 * Loads a module that imports optional peer dependencies.
 *
 * @internal
 * @param purpose - what needs the peers, for the error message
 * @throws {ConfigError} that names the packages to install, when one is missing
 */
export async function loadPeer<T>(
  peers: readonly string[],
  purpose: string,
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load()
  } catch (error) {
    const missing = peers.some((peer) => isMissing(error, peer))
    if (!missing) throw error
    throw new ConfigError(
      `${purpose} need packages that are not installed: npm install ${peers.join(' ')}`,
      {
        cause: error,
      },
    )
  }
}

function isMissing(error: unknown, peer: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(`'${peer}'`)
}
