import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Site } from './create-site.ts'
import type { PageFiles } from './html/layout.ts'

/** A program of `web` that pages run. */
export type Program = 'site' | 'inspector'

/** What a page loads for a program. */
export type LoadedFiles = Pick<PageFiles, 'styles' | 'programs'>

/** The file with the search index. */
const SEARCH_FILE = 'search-index.js'

/**
 * Every file of the site that Vite does not make, by its path.
 *
 * @param load - what the pages load for a program
 * @param policy - what the pages may do
 */
export function siteFiles(
  site: Site,
  load: (program: Program) => LoadedFiles,
  policy: string,
): ReadonlyMap<string, string | Uint8Array> {
  const pages = site.pages.flatMap((rendered) => {
    const { page } = rendered
    const loaded = [load('site'), ...(page.program === undefined ? [] : [load(page.program)])]
    const files: PageFiles = {
      styles: loaded.flatMap(({ styles }) => styles),
      programs: loaded.flatMap(({ programs }) => programs),
      search: SEARCH_FILE,
      policy,
    }
    return [
      [`${page.path}.html`, site.htmlOf(rendered, files)],
      [`${page.path}.md`, site.markdownOf(page)],
    ] as const
  })
  const images = site.images.map(
    (file) => [`images/${basename(file)}`, readFileSync(file)] as const,
  )
  return new Map<string, string | Uint8Array>([
    ...pages,
    ...images,
    ...site.forMachines,
    [SEARCH_FILE, site.searchIndex()],
  ])
}
