// @boundaries-ignore the benches of all packages write their figures in one way
import {
  figuresText as write,
  readFigures as read,
  sectionText as tell,
} from '../../../../packages/core/bench/figures.mjs'

interface Origin {
  readonly command: string
  readonly machine: string
}

/** What a bench has written between two marks of a document. */
export interface FigureSection extends Origin {
  readonly document: string
  readonly name: string
  readonly note: string
  readonly tables: readonly { readonly head: readonly string[]; readonly rows: string[][] }[]
}

/** docs/figures.json */
export interface Figures {
  readonly sections: readonly FigureSection[]
  readonly sizes: readonly (Origin & {
    readonly package: string
    readonly what: string
    readonly figure: string
  })[]
  /** What the code bounds: `code` stands in the file `source`. */
  readonly limits: readonly {
    readonly figure: string
    readonly of: string
    readonly source: string
    readonly code: string
  }[]
  /** What a text says of a measurement, outside of tables that a bench writes. */
  readonly measured: readonly (Origin & {
    readonly document: string
    readonly figures: readonly string[]
  })[]
}

export const readFigures: () => Figures = read
export const figuresText: (figures: Figures) => string = write
export const sectionText: (section: FigureSection) => string = tell

const NUMBER = String.raw`\d(?:[\d.]|[  ](?=\d{3}(?!\d)))*`
const UNIT = String.raw`kB|KiB|MB|MiB|GB|ms|µs|bytes?|/s|(?:requests|answers|tokens|queries) a second`
const FIGURE = new RegExp(
  String.raw`(?<![\w.,/#-])${NUMBER}(?:(?:–| to | and | or )${NUMBER})?[  ](?:${UNIT})(?!\w)`,
  'g',
)
const CODE = /^( *)```[^]*?^\1```$|`[^`\n]*`/gm
const WRITTEN = /<!-- (?:bench .*|sizes|metrics) -->[^]*?<!-- (?:end|\/sizes|\/metrics) -->/g

/** The sizes, speeds and limits that a document's text states. */
export function figuresIn(text: string): readonly string[] {
  const prose = text
    .replaceAll(CODE, '`')
    .replaceAll(WRITTEN, '')
    .replaceAll(/(?<!\n)\n(?=\w)/g, ' ')
  return prose.match(FIGURE) ?? []
}
