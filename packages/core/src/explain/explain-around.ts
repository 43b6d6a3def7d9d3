import type { PlainCode } from './finding-kinds.ts'
import type { Tell } from './finding.ts'
import type { FoundToken } from './find-token.ts'

type Row = readonly [PlainCode, RegExp, string]

const SPACES: Row = ['TEXT_SPACES', /(\s|\\[nr])+\0|\0(\s|\\[nr])+/, 'spaces or line breaks']

// \0 stands for the token. Patterns start with what is next to it; messages start with the outermost part.
const AROUND: readonly Row[] = [
  ['TEXT_HTML', /<[^<>]*\0[^<>]*>|<[^<>]*>\0|\0<[^<>]*>|&#?\w+;\0|\0&#?\w+;/, 'HTML'],
  ['TEXT_REST_HEADER', /(authorization\W+)?agora\s+token\s*=\s*["']?\0["']?/i, '"agora token="'],
  ['TEXT_BEARER', /(authorization\W+)?bearer\W+\0/i, '"Bearer"'],
  ['TEXT_AROUND', /authorization\W+\0/i, '"Authorization"'],
  ['TEXT_AROUND', /\bb["']\0["']?/, "b'…', as Python prints bytes,"],
  [
    'TEXT_URL',
    /\w+:\/\/[^\s"'<>]*\0[^\s"'<>]*|[?&#][\w-]*=\0[^\s"'<>]*|\0[?&#][^\s"'<>]*/,
    'a URL',
  ],
  ['TEXT_JSON', /[^]*(["']|[{,]\s*\w+)\s*:\s*\\*["']\0[^]*|[^]*[[,]\s*["']\0[^]*/, 'JSON'],
  ['TEXT_QUOTED', /(\\*["'`“”„‟‘’‚‛«»‹›「」])+\0|\0(\\*["'`“”„‟‘’‚‛«»‹›「」])+/, 'quotation marks'],
  ['TEXT_AROUND', /[\w.-]+\s*(=>?|:)\s*\0/, 'a name ("token=")'],
  ['TEXT_AROUND', /\0%(?=\s|$)/, 'a %, as a shell prints it behind output,'],
  SPACES,
  ['TEXT_AROUND', /[([{<,;:|*]+\0|\0[)\]}>,;:|*.!?…]+/, 'punctuation'],
  ['TEXT_AROUND', /[^]{2,}/, 'other text'],
]

// Here \0 stands for a space that replaced a +.
const WRITTEN: readonly Row[] = [
  ['TEXT_PERCENT_ENCODED', /%/, 'text encoded for a URL (%2B, %2F, %3D)'],
  ['TEXT_ESCAPED', /[\\&]/, 'text escaped for JSON or HTML'],
  ['TEXT_PLUS_LOST', /\0/, 'spaces inside, as when + is read out of a URL'],
  ['TEXT_URL_SAFE', /[-_]/, 'the URL-safe alphabet'],
]

const MAX_AROUND = 100

/** Reports what is around a token, and how the token is encoded. */
export function explainAround(tell: Tell, { before, written, behind, space }: FoundToken): void {
  peel(tell, `${bare(before.slice(-MAX_AROUND))}\0${bare(behind.slice(0, MAX_AROUND))}`)
  const spelled = space ? written.replaceAll(' ', '\0') : written
  if (/\s/.test(spelled)) tellAlone(tell, SPACES)
  for (const [code, pattern, what] of WRITTEN) {
    if (pattern.test(spelled)) tell(code, `Expected base64 with + and /, got ${what}.`)
  }
}

function bare(text: string): string {
  return text.replaceAll('\0', ' ')
}

function peel(tell: Tell, around: string): void {
  const row = AROUND.find(([, pattern]) => pattern.test(around))
  if (!row) return
  peel(tell, around.replace(row[1], '\0'))
  tellAlone(tell, row)
}

function tellAlone(tell: Tell, [code, , what]: Row): void {
  tell(code, `Expected the token alone, got ${what} with it.`)
}
