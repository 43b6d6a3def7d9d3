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
    boost: { page: 4, heading: 3, words: 2 },
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: 'AND',
    // A search that names an error finds it by its title; other questions are for the guides.
    boostDocument: (id) => (/^(?:errors|decisions|reference)\//.test(String(id)) ? 0.6 : 1),
  },
}

/** Words that stand in questions and say nothing of what is sought. */
const STOP_WORDS = new Set(
  'a an and are as at be by can do does for from how i in is it my of on or that the this to what when while why with'.split(
    ' ',
  ),
)

function stem(term: string): string | null {
  if (STOP_WORDS.has(term)) return null
  return term.length > 4 ? term.replace(/(?:ions?|ings?|ed|es|e|s)$/, '') : term
}
