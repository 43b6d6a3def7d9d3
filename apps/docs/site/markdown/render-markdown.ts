import MarkdownIt, { type Token } from 'markdown-it'
import { escapeHtml } from '../escape-html.ts'
import { highlight } from './highlight.ts'
import { createSlugs } from './slug.ts'
import { tabMarks } from './tabs.ts'

/** A heading of the second or third level. */
interface Heading {
  readonly level: number
  readonly text: string
  readonly id: string
}

/** What the search finds: the text below a heading. */
interface Section {
  /** Empty for what stands above the first heading. */
  readonly id: string
  readonly heading: string
  readonly text: string
}

/** A page's content. */
export interface Content {
  readonly html: string
  readonly headings: readonly Heading[]
  readonly sections: readonly Section[]
}

/** The name of a whole file, which the page shows above it. */
const FILE = /\btitle="([^"]+)"/

const markdown = new MarkdownIt({ html: true, linkify: false })

markdown.renderer.rules.fence = (tokens, index) => {
  const { content = '', info = '' } = tokens[index] ?? {}
  const [language = ''] = info.split(/\s/)
  const { before, after } = tabMarks(tokens, index)
  const code = highlight(content.trimEnd(), language)
  // What a program prints is read, not copied as a file: it may wrap.
  const wrap = language === 'text' ? ' class="wrap"' : ''
  const file = FILE.exec(info)?.[1]
  const named = file === undefined ? '' : ` data-file="${escapeHtml(file)}"`
  return `${before}<pre tabindex="0"${wrap}${named}><code>${code}</code></pre>${after}\n`
}
markdown.renderer.rules.table_open = () => '<div class="table-box" tabindex="0"><table>\n'
markdown.renderer.rules.table_close = () => '</table></div>\n'

/** Renders Markdown whose links are final. */
export function renderMarkdown(text: string): Content {
  const tokens = markdown.parse(text, {})
  const headings = nameHeadings(tokens)
  const html = markdown.renderer.render(tokens, markdown.options, {})
  return { html, headings, sections: sectionsOf(tokens, headings) }
}

function nameHeadings(tokens: readonly Token[]): readonly Heading[] {
  const slug = createSlugs()
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return []
    const text = textOf(tokens[index + 1])
    const id = slug(text)
    token.attrSet('id', id)
    return [{ level: Number(token.tag.slice(1)), text, id }]
  })
}

function sectionsOf(tokens: readonly Token[], headings: readonly Heading[]): readonly Section[] {
  const left = [...headings]
  const sections = [{ id: '', heading: '', texts: [] as string[] }]
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const { id = '', text = '' } = left.shift() ?? {}
      sections.push({ id, heading: text, texts: [] })
    }
    if (token.type === 'inline' && tokens[index - 1]?.type !== 'heading_open') {
      sections.at(-1)?.texts.push(textOf(token))
    }
  }
  return sections.map(({ id, heading, texts }) => ({ id, heading, text: texts.join(' ') }))
}

/** What stands in a line, without marks. */
function textOf(inline: Token | undefined): string {
  const texts = (inline?.children ?? []).map(({ type, content }) =>
    type === 'text' || type === 'code_inline' ? content : type === 'softbreak' ? ' ' : '',
  )
  return texts.join('')
}
