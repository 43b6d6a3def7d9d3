import MiniSearch, { type Query, type SearchResult } from 'minisearch'
import { type Found, SEARCH_OPTIONS } from '../../site/search/search-options.ts'
import { SYNONYMS } from '../../site/search/synonyms.ts'

/** Searches the pages; the best first. */
export type Find = (question: string) => readonly Found[]

const MOST = 12

/**
 * Makes the search of an index.
 *
 * @param json - the index as `searchIndex` writes it
 */
export function createFind(json: string): Find {
  const index = MiniSearch.loadJSON<Found>(json, SEARCH_OPTIONS)
  return (question) => {
    const words = question.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? []
    const all: Query = { combineWith: 'AND', queries: words.flatMap(withSynonyms) }
    const strict = words.length === 0 ? [] : index.search(all)
    const found = strict.length > 0 ? strict : index.search(question, { combineWith: 'OR' })
    const isNamed = ({ page }: SearchResult): boolean => plain(page).startsWith(plain(question))
    return [...found.filter(isNamed), ...found.filter((it) => !isNamed(it))]
      .slice(0, MOST)
      .map(({ id, page, heading }) => ({ id, page, heading }))
  }
}

/** A page that begins with what was typed comes first: an error is searched as it is printed. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
}

function withSynonyms(word: string): readonly Query[] {
  if (SEARCH_OPTIONS.processTerm?.(word) === null) return []
  const others = SYNONYMS[word]
  return [others ? { combineWith: 'OR', queries: [word, ...others] } : word]
}
