import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { alertRules, RULES } from './alert-rules.ts'
import { grafanaDashboard } from './dashboard.ts'
import { labelsIn, type Metric, metricsIn, metricTable } from './metric-table.ts'

// What stands in `monitoring` and in the table of docs/monitoring.md is written by:
// npx vitest run --project node packages/server/test/monitoring -u

const FOLDER = join(import.meta.dirname, '../../monitoring')
const PAGE = join(import.meta.dirname, '../../../../docs/monitoring.md')
const METRICS = /^([^]*<!-- metrics -->\n)[^]*(\n<!-- \/metrics -->[^]*)$/

const table = await metricTable()
const dashboard = grafanaDashboard(table)
const queries = [...JSON.stringify(dashboard).matchAll(/"expr":("(?:[^"\\]|\\.)*")/g)].map(
  ([, text = '']): string => JSON.parse(text),
)
const page = readFileSync(PAGE, 'utf8')

describe('the dashboard', () => {
  it('is the file that users import', async () => {
    const text = `${JSON.stringify(dashboard, undefined, 2)}\n`
    await expect(text).toMatchFileSnapshot(join(FOLDER, 'grafana-dashboard.json'))
  })

  it('shows every metric, split by each of its labels', () => {
    for (const { name, labels } of table) {
      const own = queries.filter((query) => metricsIn(query).includes(name))
      expect(own, name).not.toEqual([])
      expect(new Set(own.flatMap(labelsIn)), name).toEqual(new Set(labels))
    }
  })

  it('has no place for a metric that it does not know', () => {
    const unknown: Metric = { name: 'agora_new', kind: 'gauge', labels: [], help: '' }
    expect(() => grafanaDashboard([unknown])).toThrow('agora_new')
  })
})

describe('the alert rules', () => {
  it('are the file that Prometheus reads', async () => {
    const text = stringify(alertRules(), { lineWidth: 0 })
    expect(parse(text)).toEqual(alertRules())
    await expect(text).toMatchFileSnapshot(join(FOLDER, 'alert-rules.yaml'))
  })

  it.each(RULES)('$alert reads metrics and labels that there are', ({ expr, annotations }) => {
    const read = table.filter(({ name }) => metricsIn(expr).includes(name))
    expect(new Set(metricsIn(expr))).toEqual(new Set(read.map(({ name }) => name)))
    expect(read).not.toEqual([])
    const known = new Set(read.flatMap(({ labels }) => labels))
    expect(labelsIn(expr).filter((label) => !known.has(label))).toEqual([])
    const shown = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, name = '']) => name)
    expect(shown.filter((name) => name !== 'instance' && !known.has(name))).toEqual([])
  })

  it('have a section each in docs/monitoring.md, and no other does', () => {
    const titles = [...page.matchAll(/^### (Token\w+)$/gm)].map(([, title]) => title)
    expect(titles).toEqual(RULES.map(({ alert }) => alert))
  })
})

it('docs/monitoring.md lists the metrics', async () => {
  const [, before = '', after = ''] = METRICS.exec(page) ?? []
  const rows = table.map(({ name, kind, labels, help }) => [
    `\`${name}\``,
    kind,
    labels.map((label) => `\`${label}\``).join(', '),
    help,
  ])
  const text = markdownTable([['metric', 'kind', 'labels', 'meaning'], ...rows])
  await expect(`${before}\n${text}\n${after}`).toMatchFileSnapshot(PAGE)
})

/** As the formatter of the repository writes it. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const [first = '', ...others] = rows.map((row) =>
    line(row.map((cell, i) => cell.padEnd(widths[i] ?? 0))),
  )
  return [first, line(widths.map((width) => '-'.repeat(width))), ...others].join('\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
