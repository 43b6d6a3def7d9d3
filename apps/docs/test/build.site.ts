import { readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { PROBLEM_STATUS, problemType } from '@rtc-token/core/contract'
import { SDK_ERRORS } from '@rtc-token/core/sdk-errors'
import { describe, expect, it } from 'vitest'
import { escapeHtml } from '../site/escape-html.ts'
import { SITE_ADDRESS } from '../site/html/layout.ts'
import { read, ROOT } from '../site/repository.ts'
import { builtPages, DIST, filesOf, hasTarget, textOf } from './support/built-site.ts'

const pages = builtPages()
const files = new Set(filesOf())
const LIMIT = 3_000_000
const LINK = /\b(?:href|src)="([^"]+)"/g

/** Where the links of a page lead, as paths of files with anchors. Other sites are left out. */
function linksOf(path: string, html: string): readonly string[] {
  return [...html.matchAll(LINK)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => (link.startsWith('#') ? `${path}.html${link}` : beside(path, link)))
}

function beside(path: string, link: string): string {
  return posix.join(posix.dirname(path), link)
}

describe('the built site', () => {
  it('is smaller than 3 MB without the search index', () => {
    const paths = [...files].filter((path) => path !== 'search-index.js')
    const bytes = paths.map((path) => statSync(join(DIST, path)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LIMIT)
  })

  it('has no two files whose names differ by case only', () => {
    expect(new Set([...files].map((path) => path.toLowerCase())).size).toBe(files.size)
  })

  it('has each page as Markdown beside it', () => {
    for (const [path, html] of pages) {
      const [, title = ''] = /<h1>(.*?)<\/h1>/.exec(html) ?? []
      expect(escapeHtml(textOf(`${path}.md`))).toContain(`# ${title}`)
    }
  })

  it('colours code by what it is, on any machine', () => {
    const html = pages.get('start') ?? ''
    expect(html).toContain(
      `<b class=k>import</b> { createServer } <b class=k>from </b><b class=s>'node:http'</b>`,
    )
    expect(html).toContain('<b class=f>npm </b><b class=s>install @rtc-token/server</b>')
  })

  it('has no name in its reference that is not explained there', () => {
    const reference = filesOf().filter((path) => /^reference\/.*\.md$/.test(path))
    const text = reference.map(textOf).join('\n')
    expect(text).toContain('buildTokenWithUid(appId: string')
    expect(text).not.toMatch(/\{@link|^### default|: Signed<typeof/m)
  })

  it('names the whole files that readers copy', () => {
    const files = pages.get('ui-kits')?.match(/(?<=<pre [^>]*data-file=")[^"]+/g)
    expect(files).toEqual(['tickets.ts', 'handler.ts', 'server.ts', 'access-token.ts'])
  })

  it('has a page at the type of each problem document', () => {
    for (const code of Object.keys(PROBLEM_STATUS) as (keyof typeof PROBLEM_STATUS)[]) {
      const path = problemType(code).replace(SITE_ADDRESS, '')
      expect(pages.get(path)).toContain(`<h1>${code}: `)
    }
  })

  it('has a page for each error of the SDKs, whose title is what the SDK says', () => {
    const titles = new Set([...pages.values()].map((html) => /<h1>(.*?)<\/h1>/.exec(html)?.[1]))
    const missing = SDK_ERRORS.filter(({ says }) => !titles.has(escapeHtml(says)))
    expect(missing).toEqual([])
  })
})

describe('the page of an error', () => {
  const ofErrors = [...files].filter((path) => /^errors\/.+\.md$/.test(path))
  const ofSdk = (says: string): string => {
    const path = ofErrors.find((it) => textOf(it).startsWith(`# ${says}\n`))
    return textOf(path ?? says)
  }

  it.each(ofErrors)('%s makes sense by itself', (path) => {
    expect(textOf(path)).not.toMatch(/\bas above\b|^As for |^(?:It|Its) |in this table/im)
  })

  it('asks for a token where there is one', () => {
    expect(ofSdk('CAN_NOT_GET_GATEWAY_SERVER: dynamic use static key')).not.toContain('Paste')
    expect(ofSdk('CAN_NOT_GET_GATEWAY_SERVER: dynamic key expired')).toContain('Paste')
  })

  it('leads from a general error to those with a reason', () => {
    expect(ofSdk('CAN_NOT_GET_GATEWAY_SERVER')).toContain('[CAN_NOT_GET_GATEWAY_SERVER: no active')
    expect(ofSdk('INVALID_OPERATION')).toContain('[INVALID_OPERATION: Client already left]')
  })
})

describe('for machines, the site', () => {
  it('lists its pages in llms.txt, as they are', () => {
    const links = [...textOf('llms.txt').matchAll(/\]\((\S+)\)/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(25)
    const paths = links.map((link) => link.replace(SITE_ADDRESS, ''))
    expect(paths.filter((path) => !files.has(path))).toEqual([])
  })

  it('has the files of Prometheus and Grafana, as the package has them', () => {
    for (const name of readdirSync(join(ROOT, 'packages/server/monitoring'))) {
      expect(textOf(`monitoring/${name}`)).toBe(read(`packages/server/monitoring/${name}`))
      expect(pages.get('monitoring')).toContain(`href="monitoring/${name}"`)
    }
  })

  it('has a page for each evaluation case', () => {
    const cases: readonly { readonly page: string }[] = JSON.parse(textOf('evaluation-cases.json'))
    expect(cases.map(({ page }) => page).filter((page) => !pages.has(page))).toEqual([])
  })
})

describe('the reference', () => {
  it('has what the packages export, with units, defaults and errors', () => {
    const server = textOf('reference/server.md')
    expect(server).toContain('### createTokenHandler')
    expect(server).toMatch(/Throws:\n\n- `TypeError`/)
    expect(textOf('reference/core.md')).toContain('[TTL_INVALID](../errors/token/TTL_INVALID.md)')
    expect(textOf('reference/client-renewer.md')).toMatch(/\/\*\* .*milliseconds/i)
  })

  it('shows the words that a type allows, and where a rule comes from', () => {
    expect(textOf('reference/server.md')).toContain(`type AuthReason =\n  | 'unspecified'`)
    const notifications = textOf('reference/server-notifications.md')
    expect(notifications).toContain('Source: <https://docs.agora.io/')
    expect(
      [...files].filter((path) => path.startsWith('reference/')).map(textOf),
    ).not.toContainEqual(expect.stringContaining('{@link'))
  })

  it('describes a name once and links to it from elsewhere', () => {
    const described = [...files]
      .filter((path) => /^reference\/.*\.md$/.test(path))
      .filter((path) => textOf(path).includes('### TokenError\n'))
    expect(described).toEqual(['reference/core.md'])
  })
})

describe.each([...pages])('%s', (path, html) => {
  it('links to what is there, anchors included', () => {
    expect(linksOf(path, html).filter((link) => !hasTarget(link))).toEqual([])
  })

  it('loads nothing from elsewhere and says so', () => {
    const loads =
      /<(?:script|link rel="(?:stylesheet|icon|modulepreload)"|img)[^>]*(?:src|href)="https?:/
    expect(html).not.toMatch(loads)
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none'; `)
    expect(html).not.toMatch(/<script>|<script type="module">|\son\w+="|\sstyle="/)
  })

  it('has one title, one main heading and a language', () => {
    expect(html.match(/<title>[^<]+ · rtc-token<\/title>/g)).toHaveLength(1)
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html).toContain('<html lang="en">')
  })
})
