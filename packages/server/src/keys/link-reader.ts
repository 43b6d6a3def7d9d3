import { readlinkSync } from 'node:fs'
import { dirname, isAbsolute, join, parse, sep } from 'node:path'

const MAX_DEPTH = 40 // The limit of Linux; opening a path with a circle of links then fails.

/**
 * Creates a function that resolves all symbolic links of a path. Each link is read once, so that paths through the
 * same link lead to the same folder even if it is swapped in between: Kubernetes mounts files that belong together
 * behind one link.
 *
 * @internal
 */
export function createLinkReader(): (path: string) => string {
  const targets = new Map<string, string | undefined>()
  const targetOf = (link: string): string | undefined => {
    if (!targets.has(link)) targets.set(link, readLink(link))
    return targets.get(link)
  }
  const follow = (from: string, path: string, depth: number): string => {
    const start = isAbsolute(path) ? parse(path).root : from
    return namesOf(path).reduce((folder, name) => {
      if (name === '..') return dirname(folder)
      const at = join(folder, name)
      const target = depth < MAX_DEPTH ? targetOf(at) : undefined
      return target === undefined ? at : follow(folder, target, depth + 1)
    }, start)
  }
  return (path) => follow(process.cwd(), path, 0)
}

function namesOf(path: string): string[] {
  const { root } = parse(path)
  return path
    .slice(root.length)
    .split(sep === '/' ? sep : /[\\/]/)
    .filter((name) => name !== '')
}

// A path that is not a link or cannot be read is returned as it is; opening it reports the error.
function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
