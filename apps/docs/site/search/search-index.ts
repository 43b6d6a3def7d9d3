import MiniSearch from 'minisearch'
import type { Content } from '../markdown/render-markdown.ts'
import type { Page } from '../page.ts'
import { SEARCH_OPTIONS } from './search-options.ts'
import { KEYWORDS } from './words.ts'

/** A page and what is on it. */
export interface RenderedPage {
  readonly page: Page
  readonly content: Content
}

/**
 * The index as a program for the page: the site's policy allows programs of its own, and no requests.
 *
 * @throws {Error} when a part of a page that has keywords is not there
 */
export function searchIndex(pages: readonly RenderedPage[]): string {
  const index = new MiniSearch(SEARCH_OPTIONS)
  index.addAll(pages.flatMap(documentsOf))
  const missing = Object.keys(KEYWORDS).filter((address) => !index.has(idOf(address)))
  if (missing.length > 0) throw new Error(`words.ts: nothing is at ${missing.join(', ')}`)
  return `export default ${JSON.stringify(JSON.stringify(index))}\n`
}

/** Headings above links to similar pages, whose words would find this page in their place. */
export const SEE_ALSO = 'Other errors with the same cause'
export const WITH_REASON = 'The same error with its reason'
const LINKS = new Set([SEE_ALSO, WITH_REASON])

/** A guide is found by its parts, the reference by its names; a page such as that of an error as a whole. */
function documentsOf({ page, content }: RenderedPage): readonly object[] {
  const { path, title, parent } = page
  const sections = content.sections.filter(({ heading }) => !LINKS.has(heading))
  if (parent && !path.startsWith('reference/')) {
    const text = sections.map((section) => section.text).join(' ')
    return [{ id: idOf(path), page: title, heading: '', text, words: wordsOf(path, page) }]
  }
  return sections
    .filter(({ id, text }) => id === '' || text !== '')
    .map(({ id, heading, text }) => {
      const address = id === '' ? path : `${path}#${id}`
      return { id: idOf(address), page: title, heading, text, words: wordsOf(address, page) }
    })
}

function wordsOf(address: string, { words = '' }: Page): string {
  return `${words} ${KEYWORDS[address] ?? ''}`
}

/** `start#next` stands at `start.html#next`. */
function idOf(address: string): string {
  return address.replace(/(?=#|$)/, '.html')
}
