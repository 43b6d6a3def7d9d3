import { PROBLEM_STATUS, PROBLEM_TITLES, type ProblemCode } from '@rtc-token/core/contract'
import { type MarkdownSection, splitSections, tableRows } from '../markdown/sections.ts'
import type { Page } from '../page.ts'
import { read } from '../repository.ts'
import { SDK_GROUPS, sdkErrorPage } from './sdk-error-pages.ts'

// The document is one page on GitHub; here each code has a page, and what stands between is the list of them.

const SOURCE = 'docs/errors.md'
const REASONS = 'Reasons of `auth.failed`'
const CODES = Object.keys(PROBLEM_STATUS).filter(isProblemCode)

/** A kind of coded error, in a table of the document. */
interface CodedKind {
  readonly title: 'Token codes' | 'Renew codes'
  readonly folder: string
  /** The first sentence of its pages. */
  readonly intro: string
}

const KINDS: readonly CodedKind[] = [
  {
    title: 'Token codes',
    folder: 'token',
    intro: '`@rtc-token/core` throws a `TokenError` with this `code`.',
  },
  {
    title: 'Renew codes',
    folder: 'renew',
    intro: 'A `RenewError` of `@rtc-token/client-renewer` has this `code`.',
  },
]

type Text = Omit<Page, 'source' | 'parent'>
type Document = readonly MarkdownSection[]
type Row = ReadonlyMap<string, string>

/** The pages that `docs/errors.md` and the table of SDK errors make. */
export interface ErrorPages {
  /** The list of all errors. */
  readonly list: Page
  /** One page for each code of ours, and for each error of Agora's SDKs. */
  readonly pages: readonly Page[]
  /** Where the site shows the document and its parts, by their anchors. */
  readonly shownAt: ReadonlyMap<string, string>
}

/** Makes the pages of the errors. */
export function errorPages(): ErrorPages {
  const document = splitSections(read(SOURCE), 2)
  const problems = splitSections(textBelow(document, 'Problem codes'), 3)
  const list = listPage(document, problems)
  const reasons: Text = {
    path: 'errors/auth-failed',
    title: 'auth.failed: why a caller was not recognised',
    markdown: textBelow(document, REASONS),
  }
  const texts = [
    ...CODES.map((code) => problemPage(code, textBelow(problems, code))),
    reasons,
    ...KINDS.flatMap((kind) => rowsOf(document, kind).map((row) => codePage(kind, row))),
    ...SDK_GROUPS.flatMap(({ errors }) => errors.map(sdkErrorPage)),
  ]
  const pages = texts.map((text) => Object.assign(text, { source: SOURCE, parent: list }))
  return { list, pages, shownAt: anchors(list, reasons) }
}

function textBelow(document: Document, title: string): string {
  const found = document.find((section) => section.title === title)
  if (!found) throw new Error(`${SOURCE} has no section "${title}"`)
  return found.text
}

function anchors(list: Page, reasons: Text): ReadonlyMap<string, string> {
  return new Map([
    [SOURCE, list.path],
    [`${SOURCE}#reasons-of-authfailed`, reasons.path],
    ...CODES.map((code) => [`${SOURCE}#${code}`, `errors/${code}`] as const),
  ])
}

function isProblemCode(code: string): code is ProblemCode {
  return code in PROBLEM_STATUS
}

function problemPage(code: ProblemCode, text: string): Text {
  return {
    path: `errors/${code}`,
    title: `${code}: ${PROBLEM_TITLES[code]}`,
    markdown: `The token endpoint of \`@rtc-token/server\` answers with this problem.\n\n${text}`,
  }
}

function rowsOf(document: Document, { title }: CodedKind): readonly Row[] {
  return tableRows(textBelow(document, title))
}

function codeOf(row: Row): string {
  return (row.get('code') ?? '').replaceAll('`', '')
}

const GOES_ON: Readonly<Record<string, string>> = {
  yes: 'The renewer tries again by itself.',
  no: 'The renewer does not try again.',
}

function codePage({ folder, intro }: CodedKind, row: Row): Text {
  const code = codeOf(row)
  const goesOn = GOES_ON[row.get('goes on') ?? '']
  const markdown = [
    intro,
    sentence(row.get('what it means')),
    ...(goesOn === undefined ? [] : [goesOn]),
    '## What to do',
    sentence(row.get('what to do')),
  ].join('\n\n')
  return { path: `errors/${folder}/${code}`, title: code, markdown }
}

function sentence(cell = ''): string {
  return `${cell.slice(0, 1).toUpperCase()}${cell.slice(1)}.`
}

const ABOVE =
  'Every error has a page: what it means, its usual cause, and what to do. Search for the text as it is printed.'

function listPage(document: Document, problems: Document): Page {
  const kinds = KINDS.map((kind) => listOfCodes(document, kind))
  const markdown = [ABOVE, listOfProblems(problems), ...kinds, listOfSdkErrors(document)]
  return { path: 'errors/index', title: 'Errors', source: SOURCE, markdown: markdown.join('\n\n') }
}

function listOfProblems(problems: Document): string {
  const lines = CODES.map(
    (code) =>
      `| [\`${code}\`](errors.md#${code}) | ${PROBLEM_STATUS[code]} | ${PROBLEM_TITLES[code]} |`,
  )
  const table = ['| code | status | title |', '| --- | --- | --- |', ...lines].join('\n')
  const rest = 'Why a caller was not recognised: [the reasons](errors.md#reasons-of-authfailed).'
  return `## Problem codes\n\n${textBelow(problems, '')}\n\n${table}\n\n${rest}`
}

function listOfCodes(document: Document, kind: CodedKind): string {
  const [above = ''] = textBelow(document, kind.title).split(/^(?:\||###)/m)
  const lines = rowsOf(document, kind).map((row) => {
    const code = codeOf(row)
    return `| [\`${code}\`](site:errors/${kind.folder}/${code}) | ${row.get('what it means')} |`
  })
  const table = ['| code | what it means |', '| --- | --- |', ...lines].join('\n')
  return `## ${kind.title}\n\n${above.trim()}\n\n${table}`
}

function listOfSdkErrors(document: Document): string {
  const [above = ''] = textBelow(document, 'SDK errors').split(/^###/m)
  const lists = SDK_GROUPS.map(({ title, errors }) => {
    const lines = errors.map(sdkErrorPage).map(({ title, path }) => `- [${title}](site:${path})`)
    return `### ${title}\n\n${lines.join('\n')}`
  })
  return [`## SDK errors\n\n${above.trim()}`, ...lists].join('\n\n')
}
