import { join, posix } from 'node:path'
import { readdirSync, readFileSync } from 'node:fs'

/** What the folders and files of one source folder may import. */
export interface ImportLaw {
  /** The source folder, from the root of the repository. */
  readonly root: string
  /** Folders and files at the top of the source folder, lowest floor first. */
  readonly floors: readonly (readonly string[])[]
}

/** Source files by their paths below the source folder, with their text. */
export type Sources = Readonly<Record<string, string>>

const BLOCK = /^```law (\S+)\n([\s\S]*?)^```$/gm
// After `import`, `import type`, `export … from` and inside `import('…')`: types included.
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*)'(\.{1,2}\/[^']+)'/g

/** Reads the laws of a document: fenced blocks `law <source folder>`, one floor a line. */
export function lawsIn(document: string): readonly ImportLaw[] {
  return [...document.matchAll(BLOCK)].map(([, root = '', lines = '']) => ({
    root,
    floors: lines
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/)),
  }))
}

/** Reads the source files of a folder, tests left out. */
export function sourcesIn(folder: string): Sources {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => /(?<!\.test|\.test-d)\.tsx?$/.test(file))
  return Object.fromEntries(sources.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

/** The imports that a law forbids, as `from -> to`. A file may import its own folder and lower floors. */
export function breaches({ floors }: ImportLaw, sources: Sources): readonly string[] {
  const floorOf = new Map(floors.flatMap((names, floor) => names.map((name) => [name, floor])))
  return importsOf(sources)
    .filter(([from, to]) => {
      const [above, below] = [floorOf.get(roomOf(from)), floorOf.get(roomOf(to))]
      return roomOf(from) !== roomOf(to) && !(Number(below) < Number(above))
    })
    .map(([from, to]) => `${from} -> ${to}`)
}

/** The folders and files at the top of a source folder. */
export function roomsOf(sources: Sources): ReadonlySet<string> {
  return new Set(Object.keys(sources).map(roomOf))
}

function importsOf(sources: Sources): readonly (readonly [from: string, to: string])[] {
  return Object.entries(sources).flatMap(([from, text]) =>
    [...text.matchAll(SPECIFIER)]
      .map(([, specifier = '']) => [from, posix.join(posix.dirname(from), specifier)] as const)
      // What lies outside of the source folder is for the law of the folder above.
      .filter(([, to]) => !to.startsWith('..')),
  )
}

function roomOf(file: string): string {
  return file.split('/')[0] ?? file
}
