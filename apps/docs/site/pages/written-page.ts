import type { Page } from '../page.ts'
import { read } from '../repository.ts'

const TITLE = /^# (.+)\n/

/**
 * Makes a page of a document of the repository.
 *
 * @param source - the path of the document from the root
 * @param path - the page's address
 * @throws {Error} when the document does not begin with a heading
 */
export function writtenPage(source: string, path: string, more: Partial<Page> = {}): Page {
  const text = read(source)
  const [heading = '', title] = TITLE.exec(text) ?? []
  if (title === undefined) throw new Error(`${source} does not begin with a heading`)
  const markdown = text.slice(heading.length)
  return { path, title: title.replaceAll('`', ''), markdown, source, ...more }
}
