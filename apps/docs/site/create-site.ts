import { join } from 'node:path'
import { layout, type PageFiles, SITE_ADDRESS } from './html/layout.ts'
import { type SiteMap, withSiteLinks } from './markdown/links.ts'
import { narrowTables } from './markdown/narrow-tables.ts'
import { renderMarkdown } from './markdown/render-markdown.ts'
import type { NavigationPart, Page } from './page.ts'
import { type ErrorPages, errorPages } from './pages/error-pages.ts'
import { decisionPages, findingsEntry, writtenParts } from './pages/navigation.ts'
import { referencePages } from './reference/reference-pages.ts'
import { homePage, inspectorPage } from './pages/own-pages.ts'
import { llmsText } from './machines/llms-text.ts'
import { read, ROOT } from './repository.ts'
import { type RenderedPage, searchIndex } from './search/search-index.ts'

/** The site: its pages, and what goes with them. */
export interface Site {
  readonly pages: readonly RenderedPage[]
  /** A page as a whole HTML document. */
  readonly htmlOf: (page: RenderedPage, files: PageFiles) => string
  /** A page as Markdown, for programs. */
  readonly markdownOf: (page: Page) => string
  /** The pictures on the pages, as paths of files. */
  readonly images: readonly string[]
  /** What programs read besides the pages, by path. */
  readonly forMachines: ReadonlyMap<string, string>
  /** The program with the search index. */
  readonly searchIndex: () => string
}

/**
 * Reads every page and resolves its links.
 *
 * @throws {Error} when a link leads nowhere
 */
export function createSite(): Site {
  const errors = errorPages()
  const reference = referencePages()
  const parts = navigationParts(errors.list, reference.list)
  const listed = parts.flatMap(({ entries }) => entries.map(({ page }) => page))
  const home = homePage()
  const all = [home, ...listed, ...errors.pages, ...reference.pages, ...decisionPages()]
  const site = siteMap(all, errors)
  const pages = all.map((page) => {
    const content = renderMarkdown(withSiteLinks(page, site, '.html'))
    return { page, content }
  })
  return {
    pages,
    htmlOf: ({ page, content }, files) => layout(page, content, { parts, files }),
    markdownOf: (page) =>
      `# ${page.title}\n\n${narrowTables(withSiteLinks(page, site, '.md').trim())}\n`,
    images: [...new Set(pages.flatMap(({ content }) => imagesIn(content.html)))],
    forMachines: new Map([
      ['llms.txt', llmsText(SITE_ADDRESS, home, parts)],
      ['SKILL.md', read('apps/docs/machines/SKILL.md')],
      ['evaluation-cases.json', read('apps/docs/machines/evaluation-cases.json')],
      ...['monitoring/grafana-dashboard.json', 'monitoring/alert-rules.yaml'].map(
        (file) => [file, read(`packages/server/${file}`)] as const,
      ),
    ]),
    searchIndex: () => searchIndex(pages),
  }
}

function imagesIn(html: string): readonly string[] {
  const names = [...html.matchAll(/src="[^"]*\bimages\/([^"/]+)"/g)]
  return names.map(([, name = '']) => join(ROOT, 'docs/images', name))
}

function navigationParts(errors: Page, reference: Page): readonly NavigationPart[] {
  const entries = [
    { text: 'Inspector', page: inspectorPage() },
    { text: 'Errors', page: errors },
    findingsEntry(),
    { text: 'Reference', page: reference },
  ]
  return writtenParts().toSpliced(2, 0, { title: 'Looking up', entries })
}

function siteMap(pages: readonly Page[], errors: ErrorPages): SiteMap {
  const documents = pages
    .filter(({ source, path }) => source !== errors.list.source && !path.startsWith('reference/'))
    .map(({ source, path }) => [source, path] as const)
  return {
    pages: new Map(pages.map((page) => [page.path, page])),
    shownAt: new Map([...documents, ...errors.shownAt]),
  }
}
