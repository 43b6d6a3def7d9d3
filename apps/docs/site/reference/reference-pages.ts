import { slugOf } from '../markdown/slug.ts'
import type { Page } from '../page.ts'
import { type ExportedName, type ReadEntryPoint, readExports } from './read-exports.ts'

const KINDS: readonly (readonly [kind: ExportedName['kind'], title: string])[] = [
  ['function', 'Functions'],
  ['class', 'Classes'],
  ['constant', 'Constants'],
  ['type', 'Types'],
]

/** The reference: one page for each way into a package, from the doc comments. */
export interface ReferencePages {
  readonly list: Page
  readonly pages: readonly Page[]
}

/** Makes the pages of the reference. */
export function referencePages(): ReferencePages {
  const entries = readExports().filter(({ exports }) => exports.length > 0)
  const list: Page = {
    path: 'reference/index',
    title: 'Reference',
    source: 'packages/core/README.md',
    markdown: `Everything that the packages export, from their doc comments.\n\n${listOf(entries)}`,
  }
  const first = firstPlaces(entries)
  const pages = entries.map((entry) => pageOf(entry, first, list))
  return { list, pages }
}

function listOf(entries: readonly ReadEntryPoint[]): string {
  const rows = entries.map(({ name, exports }) => {
    const names = exports.map((one) => `\`${one.name}\``).slice(0, 8)
    const more = exports.length > names.length ? ' …' : ''
    return `| [\`${name}\`](site:${pathOf(name)}) | ${names.join(', ')}${more} |`
  })
  return ['| import from | what is in it |', '| --- | --- |', ...rows].join('\n')
}

function pathOf(name: string): string {
  return `reference/${name.replace('@rtc-token/', '').replaceAll('/', '-')}`
}

/** The entry point that describes a declaration: the first that exports it. */
function firstPlaces(entries: readonly ReadEntryPoint[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const { name, exports } of entries) {
    for (const { place } of exports) if (!first.has(place)) first.set(place, name)
  }
  return first
}

function pageOf(entry: ReadEntryPoint, first: ReadonlyMap<string, string>, parent: Page): Page {
  const { name, module, exports } = entry
  const own = exports.filter(({ place }) => first.get(place) === name)
  const sections = KINDS.flatMap(([kind, title]) => {
    const names = own.filter((one) => one.kind === kind).map(sectionOf)
    return names.length === 0 ? [] : [`## ${title}`, names.join('\n\n')]
  })
  const passedOn = exports.filter((one) => !own.includes(one))
  const markdown = [...(module === '' ? [] : [module]), ...sections, ...alsoIn(passedOn, first)]
  const source = `packages/${name.split('/')[1] ?? ''}/README.md`
  return { path: pathOf(name), title: name, markdown: markdown.join('\n\n'), source, parent }
}

function sectionOf({ name, declaration, text, tags }: ExportedName): string {
  const of = (tag: string): readonly string[] =>
    tags.filter(([name]) => name === tag).map(([, text]) => text)
  return [
    `### ${name}`,
    ...(text === '' ? [] : [plain(text)]),
    codeBlock(plain(declaration).replaceAll(/@throws \{(\w+)\}/g, 'Throws $1:')),
    ...listBelow('Parameters:', of('param').map(parameter)),
    ...of('returns').map((returns) => `Returns: ${oneLine(returns)}`),
    ...listBelow('Throws:', of('throws').map(thrown)),
    ...of('see').map((source) => `Source: <${source.trim()}>`),
    ...of('deprecated').map((why) => `Deprecated. ${oneLine(why)}`),
    ...of('example').map((example) => (example.includes('```') ? example : codeBlock(example))),
  ].join('\n\n')
}

function codeBlock(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``
}

function listBelow(head: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [head, items.map((item) => `- ${oneLine(item)}`).join('\n')]
}

/** Links of doc comments are names. */
function plain(text: string): string {
  return text.replaceAll(/\{@link (\S+?)\s*\}/g, '`$1`').trim()
}

function oneLine(text: string): string {
  return plain(text).replaceAll(/\s+/g, ' ')
}

function parameter(text: string): string {
  return text.replace(/^(\S+)(?: -)?/, '`$1`:')
}

/** What is thrown, and the pages of its codes. */
function thrown(text: string): string {
  const named = text.replace(/^\{(\w+)\}/, '`$1`:')
  if (!named.startsWith('`TokenError`')) return named
  return named.replaceAll(/\b[A-Z]+(?:_[A-Z]+)+\b/g, '[$&](site:errors/token/$&)')
}

function alsoIn(
  passedOn: readonly ExportedName[],
  first: ReadonlyMap<string, string>,
): readonly string[] {
  if (passedOn.length === 0) return []
  const links = passedOn.map(({ name, place }) => {
    const where = first.get(place) ?? ''
    return `- [\`${name}\`](site:${pathOf(where)}#${slugOf(name)}) of \`${where}\``
  })
  return ['## Also here', links.join('\n')]
}
