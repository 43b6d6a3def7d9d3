import type { Options } from 'minisearch'

/** What the search finds: a part of a page. */
export interface Found {
  /** The address of the page with the anchor of the part. */
  readonly id: string
  readonly page: string
  readonly heading: string
}

/** The members of the documents, as the index is made and as it is read. */
export const SEARCH_OPTIONS: Options = {
  fields: ['page', 'heading', 'text', 'words'],
  storeFields: ['page', 'heading'],
  processTerm: (term) => stem(term.toLowerCase()),
  searchOptions: {
    boost: { page: 4, heading: 3, words: 5 },
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: 'AND',
    boostDocument: weightOf,
  },
}

/** A search that names an error or an export finds it by its title; other questions are for the guides. */
const WEIGHTS: readonly (readonly [pages: RegExp, weight: number])[] = [
  [/^decisions\//, 0.1],
  [/^reference\//, 0.3],
  [/^errors\/sdk\/(?:web|native)-/, 0.7],
  [/^errors\//, 0.5],
]

function weightOf(id: unknown): number {
  return WEIGHTS.find(([pages]) => pages.test(String(id)))?.[1] ?? 1
}

/** Words that stand in questions and say nothing of what is sought. */
const STOP_WORDS = new Set(
  'a after also an and any are as at be but by can come comes do does doesnt for from get gets give gives has have how i if in into is it its just let link me mine my of on only or our than that the their them then they this to too use using want was we what when where which while who why will with you your'.split(
    ' ',
  ),
)

function stem(term: string): string | null {
  if (STOP_WORDS.has(term)) return null
  return term.length > 4 ? term.replace(/(?:ions?|ings?|ed|es|e|s)$/, '') : term
}
