import MiniSearch from 'minisearch'
import type { Content } from '../markdown/render-markdown.ts'
import type { Page } from '../page.ts'
import { SEARCH_OPTIONS } from './search-options.ts'

/** A page and what is on it. */
export interface RenderedPage {
  readonly page: Page
  readonly content: Content
}

/** The index as a program for the page: the site's policy allows programs of its own, and no requests. */
export function searchIndex(pages: readonly RenderedPage[]): string {
  const index = new MiniSearch(SEARCH_OPTIONS)
  index.addAll(pages.flatMap(documentsOf))
  return `export default ${JSON.stringify(JSON.stringify(index))}\n`
}

/** The heading above links to similar pages, whose words would find this page in their place. */
export const SEE_ALSO = 'The same cause, said differently'

/** A guide is found by its parts; a page below another one, such as that of an error, as a whole. */
function documentsOf({ page, content }: RenderedPage): readonly object[] {
  const { path, title, words = '', parent } = page
  const sections = content.sections.filter(({ heading }) => heading !== SEE_ALSO)
  if (parent) {
    const text = sections.map((section) => section.text).join(' ')
    return [{ id: `${path}.html`, page: title, heading: '', text, words }]
  }
  return sections
    .filter(({ id, text }) => id === '' || text !== '')
    .map(({ id, heading, text }) => ({
      id: `${path}.html${id === '' ? '' : `#${id}`}`,
      page: title,
      heading,
      text,
      words,
    }))
}
