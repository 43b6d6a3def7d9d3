import { relativeTo } from '../markdown/links.ts'
import type { Content } from '../markdown/render-markdown.ts'
import type { NavigationPart, Page } from '../page.ts'
import { REPOSITORY } from '../repository.ts'
import { escapeHtml } from '../escape-html.ts'

/** Where the site is published. */
export const SITE_ADDRESS = 'https://rtc-token.github.io/rtc-token/'

/** The files that a page loads, from the root of the site. */
export interface PageFiles {
  readonly styles: readonly string[]
  readonly programs: readonly string[]
  readonly search: string
  /** The site's rules for what a page may load and send. */
  readonly policy: string
}

/** What stands around the content of a page. */
export interface Surroundings {
  readonly parts: readonly NavigationPart[]
  readonly files: PageFiles
}

/** A whole page as HTML. Its links are relative, so that the site works in any folder of any host. */
export function layout(page: Page, content: Content, around: Surroundings): string {
  return `<!doctype html>
<html lang="en">
<head>
${head(page, around.files)}
</head>
<body data-root="${rootOf(page)}">
<a class="skip" href="#main">Skip to the content</a>
${top(page)}
<div class="frame">
<main id="main" tabindex="-1">
${parentOf(page)}<h1>${escapeHtml(page.title)}</h1>
${content.html}${foot(page, around.parts)}
</main>
${outline(content)}${navigation(page, around.parts)}
</div>
</body>
</html>
`
}

function head(page: Page, { styles, programs, search, policy }: PageFiles): string {
  const to = (file: string): string => relativeTo(page, file)
  const name = page.path.split('/').at(-1) ?? ''
  return [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(page.title)} · rtc-token</title>`,
    `<link rel="canonical" href="${SITE_ADDRESS}${page.path.replace(/(?:^|(?<=\/))index$/, '')}">`,
    `<link rel="alternate" type="text/markdown" href="${name}.md">`,
    `<link rel="icon" href="${to('icon.svg')}">`,
    ...styles.map((file) => `<link rel="stylesheet" href="${to(file)}">`),
    `<script src="${to('theme.js')}"></script>`,
    ...programs.map((file) => `<script type="module" src="${to(file)}"></script>`),
    `<link rel="search" href="${to(search)}">`,
  ].join('\n')
}

function rootOf(page: Page): string {
  return relativeTo(page, 'index.html').replace(/index\.html$/, '')
}

function top(page: Page): string {
  return `<header class="top">
<a class="brand" href="${relativeTo(page, 'index.html')}">rtc-token</a>
<div class="row">
<a href="${REPOSITORY}">GitHub</a>
<a class="button menu" id="menu" href="#nav">Menu</a>
</div>
</header>`
}

function parentOf(page: Page): string {
  if (!page.parent) return ''
  return `<p class="parent"><a href="${relativeTo(page, `${page.parent.path}.html`)}">${escapeHtml(page.parent.title)}</a></p>\n`
}

/** On a page below another one, only its own part: hundreds of pages need not repeat the whole. */
function navigation(page: Page, parts: readonly NavigationPart[]): string {
  const { parent } = page
  const own = ({ entries }: NavigationPart): boolean =>
    entries.some((entry) => entry.page.path === parent?.path)
  const lists = (parent ? parts.filter(own) : parts).map(({ title, entries }) => {
    const links = entries.map((entry) => `<li>${linkTo(page, entry.page, entry.text)}</li>`)
    return `<p>${escapeHtml(title)}</p><ul>${links.join('')}</ul>`
  })
  const last = parent
    ? `<a href="${relativeTo(page, 'index.html')}#nav">All pages</a>`
    : `<a href="${REPOSITORY}">GitHub</a>`
  return `<nav id="nav" aria-label="Pages" tabindex="-1">${lists.join('\n')}<p>${last}</p></nav>`
}

function linkTo(page: Page, other: Page, text: string): string {
  const current = other.path === page.path ? ' aria-current="page"' : ''
  return `<a href="${relativeTo(page, `${other.path}.html`)}"${current}>${escapeHtml(text)}</a>`
}

function outline({ headings }: Content): string {
  const main = headings.filter(({ level }) => level === 2)
  if (main.length < 3) return ''
  const links = main.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
  return `<nav class="outline" aria-label="On this page"><p>On this page</p><ul>${links.join('')}</ul></nav>\n`
}

function foot(page: Page, parts: readonly NavigationPart[]): string {
  const pages = parts.flatMap(({ entries }) => entries)
  const index = pages.findIndex(({ page: { path } }) => path === page.path)
  const next = index === -1 ? undefined : pages[index + 1]
  const name = page.path.split('/').at(-1) ?? ''
  return `<footer>
${next ? `<p>Next: ${linkTo(page, next.page, next.text)}</p>\n` : ''}<p class="muted"><a href="${REPOSITORY}/blob/main/${page.source}">Source</a> · <a href="${name}.md">Markdown</a></p>
</footer>`
}
