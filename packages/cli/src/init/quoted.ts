import process from 'node:process'

const PLAIN = /^[\p{L}\p{N}._/\\:@+-]+$/u

/** A path as a shell takes it. */
export function quoted(path: string, platform: string = process.platform): string {
  if (PLAIN.test(path) && !(platform !== 'win32' && path.includes('\\'))) return path
  return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
