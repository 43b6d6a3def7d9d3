import MiniSearch, { type Query, type SearchResult } from 'minisearch'
import { type Found, SEARCH_OPTIONS } from '../../site/search/search-options.ts'
import { SYNONYMS } from '../../site/search/words.ts'

/** Searches the pages; the best first. */
export type Find = (question: string) => readonly Found[]

/** Texts of which each says the same; a part of a page that has all words of one of them speaks of it. */
type Notion = readonly string[]

/** A part of a page, and for each notion that it speaks of how well. */
interface Fit extends Found {
  readonly scores: readonly number[]
}

/** A word such as `constructor` is a member of every object, so the table is read as a map. */
const INSTEAD = new Map(Object.entries(SYNONYMS))

const MOST = 12
const MOST_OF_A_PAGE = 3
const LONGEST_PHRASE = 3

/**
 * Makes the search of an index.
 *
 * @param json - the index as `searchIndex` writes it
 */
export function createFind(json: string): Find {
  const index = MiniSearch.loadJSON<Found>(json, SEARCH_OPTIONS)
  return (question) => {
    const notions = notionsOf(wordsOf(question))
    const fits = fitsOf(notions.map((notion) => index.search(queryOf(notion))))
    const ranked = fits.map((fit) => ({ fit, rank: rankOf(fit, question, notions.length) }))
    const sorted = ranked.toSorted((a, b) => b.rank - a.rank).map(({ fit }) => fit)
    return fewOfEachPage(sorted)
      .slice(0, MOST)
      .map(({ id, page, heading }) => ({ id, page, heading }))
  }
}

function wordsOf(question: string): readonly string[] {
  const text = question.toLowerCase().replaceAll(/['’]/g, '')
  return text.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** What the question speaks of: known phrases, and the words between them. */
function notionsOf(words: readonly string[]): readonly Notion[] {
  if (words.length === 0) return []
  const lengths = Array.from({ length: LONGEST_PHRASE }, (_, index) => LONGEST_PHRASE - index)
  const textOf = (length: number): string => words.slice(0, length).join(' ')
  const length = lengths.find((one) => INSTEAD.has(textOf(one))) ?? 1
  const synonyms = INSTEAD.get(textOf(length))?.split('|') ?? []
  const notion = [...(words.slice(0, length).some(isStopWord) ? [] : [textOf(length)]), ...synonyms]
  return [...(notion.length > 0 ? [notion] : []), ...notionsOf(words.slice(length))]
}

function isStopWord(word: string): boolean {
  return SEARCH_OPTIONS.processTerm?.(word) === null
}

function queryOf(notion: Notion): Query {
  const queries = notion.map((text): Query => ({ combineWith: 'AND', queries: [text] }))
  return { combineWith: 'OR', queries }
}

function fitsOf(results: readonly (readonly SearchResult[])[]): readonly Fit[] {
  const fits = new Map<string, Fit>()
  for (const { id, page, heading, score } of results.flat()) {
    fits.set(id, { id, page, heading, scores: [...(fits.get(id)?.scores ?? []), score] })
  }
  return [...fits.values()]
}

/** A part that speaks of everything asked comes before one that says more of less. */
function rankOf({ scores, page, heading }: Fit, question: string, notions: number): number {
  const sum = scores.reduce((all, score) => all + score, 0)
  const named = [page, heading].map((title) => namedBy(plain(title), plain(question)))
  return sum * (scores.length / notions) ** 3 * Math.max(...named)
}

/** How much better a part fits whose title was typed, whole or in part. One word alone names no title that it stands in. */
function namedBy(title: string, question: string): number {
  if (title === question) return 20
  if (title.startsWith(question)) return 5
  return question.includes(' ') && title.includes(question) ? 3 : 1
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Other pages are seen too where one has many parts that fit. */
function fewOfEachPage(fits: readonly Fit[]): readonly Fit[] {
  const seen = new Map<string, number>()
  return fits.filter(({ page }) => {
    const before = seen.get(page) ?? 0
    seen.set(page, before + 1)
    return before < MOST_OF_A_PAGE
  })
}
