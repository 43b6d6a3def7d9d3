import { posix } from 'node:path'
import type { Page } from '../page.ts'
import { exists, REPOSITORY } from '../repository.ts'

/** Which page shows a document of the repository, or a part of it. */
export interface SiteMap {
  /** The pages, by their addresses. */
  readonly pages: ReadonlyMap<string, Page>
  /** Addresses of pages by documents and their anchors: `docs/errors.md`, `docs/errors.md#removed`. */
  readonly shownAt: ReadonlyMap<string, string>
}

const CODE = /(^[ \t]*```[^]*?^[ \t]*```|`[^`\n]*`)/gm
const TARGET = /(\]\(|^\[[^\]]+\]: |\b(?:src|href)=")([^)\s"]+)/gm
/** How the text of a generated page, which has no document of its own, names other pages. */
const SITE = 'site:'
const BLOB = new RegExp(`^${REPOSITORY}/(?:blob|tree)/[^/]+/`)

/**
 * Turns the links of a page's Markdown, which are relative to its source, into links between pages; what the
 * site does not show becomes a link to the repository.
 *
 * @param ending - of the pages that are linked to
 * @throws {Error} when a link leads nowhere
 */
export function withSiteLinks(page: Page, site: SiteMap, ending: '.html' | '.md'): string {
  const rewrite = (text: string): string =>
    text.replaceAll(TARGET, (_, before: string, target: string) => {
      return before + siteLink(target, page, site, ending)
    })
  const parts = page.markdown.split(CODE)
  return parts.map((part, index) => (index % 2 === 0 ? rewrite(part) : part)).join('')
}

function siteLink(target: string, page: Page, site: SiteMap, ending: string): string {
  if (target.startsWith(SITE)) return linkToPage(target.slice(SITE.length), page, site, ending)
  const path = pathInRepository(target, page)
  if (path === undefined) return target
  const [file = '', anchor] = path.split('#')
  const exact = anchor === undefined ? undefined : site.shownAt.get(path)
  const shown = exact ?? site.shownAt.get(file)
  if (shown !== undefined) {
    const rest = anchor === undefined || exact !== undefined ? '' : `#${anchor}`
    return relativeTo(page, shown + ending) + rest
  }
  if (!exists(file)) throw new Error(`${page.source} links to ${target}, which is not there`)
  const own = fileOfSite(file)
  if (own !== undefined) return relativeTo(page, own)
  return `${REPOSITORY}/blob/main/${path}`
}

/** Where the site has a file of the repository: a picture, or what Prometheus and Grafana read. */
function fileOfSite(file: string): string | undefined {
  if (/\.(?:png|svg)$/.test(file)) return `images/${posix.basename(file)}`
  return /^packages\/server\/(monitoring\/.+)/.exec(file)?.[1]
}

function linkToPage(path: string, page: Page, site: SiteMap, ending: string): string {
  const [name = '', anchor] = path.split('#')
  if (!site.pages.has(name)) throw new Error(`${page.path} links to ${name}, which is no page`)
  return relativeTo(page, name + ending) + (anchor === undefined ? '' : `#${anchor}`)
}

/** From the root of the repository, or `undefined` for a link to elsewhere and inside the page. */
function pathInRepository(target: string, page: Page): string | undefined {
  if (target.startsWith('#')) return page.source + target
  if (BLOB.test(target)) return target.replace(BLOB, '').replace(/\?raw=true/, '')
  if (/^[a-z]+:/.test(target)) return undefined
  return posix.join(posix.dirname(page.source), target)
}

/** The link from a page to a file of the site. */
export function relativeTo({ path }: Page, file: string): string {
  return posix.relative(posix.dirname(path), file) || posix.basename(file)
}
