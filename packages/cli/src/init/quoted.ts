import process from 'node:process'

const PLAIN = /^[\p{L}\p{N}._/\\:@+-]+$/u

/** Quotes a path for a shell. */
export function quoted(path: string, platform: string = process.platform): string {
  if (PLAIN.test(path) && !(platform !== 'win32' && path.includes('\\'))) return path
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
