/** A page of the site, before it is rendered. */
export interface Page {
  /** Its address below the site's, without an ending, such as `errors/removed`. */
  readonly path: string
  /** Plain text; also the heading of the first level, which is not in the Markdown. */
  readonly title: string
  /** GitHub's Markdown without the heading of the first level. Links are relative to the source. */
  readonly markdown: string
  /** The file of the repository that its text comes from, from the root. */
  readonly source: string
  /** Further words by which the search finds it. */
  readonly words?: string
  /** The page above it, which the navigation names in its place. */
  readonly parent?: Page
  /** Which program of `web` the page runs in addition to what all pages run. */
  readonly program?: 'inspector'
}

/** A part of the navigation, in the order in which a newcomer needs them. */
export interface NavigationPart {
  readonly title: string
  readonly entries: readonly NavigationEntry[]
}

/** A link of the navigation. */
export interface NavigationEntry {
  /** Shorter than the page's title. */
  readonly text: string
  readonly page: Page
}
