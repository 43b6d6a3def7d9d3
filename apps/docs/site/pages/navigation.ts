import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { NavigationEntry, NavigationPart, Page } from '../page.ts'
import { ROOT } from '../repository.ts'
import { writtenPage } from './written-page.ts'

/** An entry whose page is a document of the repository. */
type Row = readonly [text: string, source: string]

const READING: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  [
    'Start',
    [
      ['Start in five minutes', 'docs/start.md'],
      ['Which token for what', 'docs/which-token.md'],
      ['Identity providers', 'docs/identity-providers.md'],
      ['Moving here', 'docs/moving.md'],
      ['From your own endpoint', 'docs/moving-endpoint.md'],
      ['From Agora’s builders', 'docs/moving-builders.md'],
    ],
  ],
  [
    'Guides',
    [
      ['The endpoint', 'packages/server/README.md'],
      ['Policies by example', 'docs/policies.md'],
      ['The renewer', 'packages/client-renewer/README.md'],
      ['Members and phases', 'docs/phases.md'],
      ['Each SDK', 'docs/sdks.md'],
      ['Vue, Svelte, Solid', 'docs/stores.md'],
      ['Creating and reading tokens', 'packages/core/README.md'],
      ['Why is a token refused?', 'docs/refused.md'],
      ['What happens when …', 'docs/what-happens.md'],
      ['Removing a user', 'docs/removing-a-user.md'],
      ['Tickets from other languages', 'docs/tickets.md'],
      ['UI kits', 'docs/ui-kits.md'],
      ['Writing an adapter', 'docs/adapters.md'],
      ['Names that are patterns', 'docs/patterns.md'],
      ['Hosts', 'docs/hosts.md'],
      ['CORS errors', 'docs/cors.md'],
      ['Bundlers, Jest, TypeScript', 'docs/bundlers.md'],
    ],
  ],
  [
    'Operating',
    [
      ['The standalone server', 'docs/standalone.md'],
      ['Several processes', 'docs/processes.md'],
      ['Changing the certificate', 'docs/rotation.md'],
      ['Sizing', 'docs/sizing.md'],
      ['A million clients', 'docs/scale.md'],
      ['Limits', 'docs/limits.md'],
      ['Metrics, alerts, audit', 'docs/monitoring.md'],
      ['Agora’s REST API', 'docs/agora-rest.md'],
      ['Notifications', 'docs/notifications.md'],
      ['Performance', 'docs/performance.md'],
      ['Security', 'SECURITY.md'],
    ],
  ],
  [
    'On the command line',
    [
      ['rtc-token', 'packages/cli/README.md'],
      ['Commands', 'docs/cli.md'],
      ['What scan finds', 'docs/scan.md'],
    ],
  ],
  [
    'About',
    [
      ['Versions', 'docs/versioning.md'],
      ['Decisions', 'docs/decisions/README.md'],
      ['Upstream bugs', 'docs/upstream.md'],
    ],
  ],
]

/** The findings of `explainToken`: looked up beside the errors. */
export function findingsEntry(): NavigationEntry {
  return entryOf(['Findings', 'docs/findings.md'])
}

/** The parts whose pages are documents of the repository. */
export function writtenParts(): readonly NavigationPart[] {
  return READING.map(([title, rows]) => ({ title, entries: rows.map(entryOf) }))
}

/** One page for each decision, below the list of them. */
export function decisionPages(): readonly Page[] {
  const parent = writtenPage('docs/decisions/README.md', 'decisions/index')
  const files = readdirSync(join(ROOT, 'docs/decisions')).filter((file) => /^\d/.test(file))
  return files.map((file) =>
    writtenPage(`docs/decisions/${file}`, `decisions/${file.slice(0, -3)}`, { parent }),
  )
}

function entryOf([text, source]: Row): NavigationEntry {
  return { text, page: writtenPage(source, pathOf(source)) }
}

/** `docs/a/b.md` is the page `a/b`, and `packages/c/README.md` the page `packages/c`. */
function pathOf(source: string): string {
  const path = source.replace(/\.md$/, '').toLowerCase()
  return path.replace(/^docs\//, '').replace(/(?<=^packages\/.+)\/readme$|readme$/, (end) => {
    return end === 'readme' ? 'index' : ''
  })
}
