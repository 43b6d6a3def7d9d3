import { readlinkSync } from 'node:fs'
import { dirname, isAbsolute, join, parse, sep } from 'node:path'

const MAX_DEPTH = 40 // As Linux has it; reading what goes round in a circle then fails by itself.

/**
 * Creates a function that says where paths lead when every link is followed. Each link is read once, so
 * that paths through the same link lead to the same place, even when it is swapped in between: files that
 * belong together lie behind one link where Kubernetes mounts them.
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

// Whatever is no link, or cannot be looked at, is left to those who read it.
function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
