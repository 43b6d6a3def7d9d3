import { ConfigError } from '../config/config-error.ts'

/**
 * Loads a part that imports an optional peer.
 *
 * @internal
 * @param purpose - what the peer is wanted for, as the error says it
 * @throws {ConfigError} that names what to install when the peer is not there
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
    throw new ConfigError(`${purpose} need what is not installed: npm install ${peers.join(' ')}`, {
      cause: error,
    })
  }
}

function isMissing(error: unknown, peer: string): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(`'${peer}'`)
}
