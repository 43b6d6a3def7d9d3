import type { Metric } from './metric-table.ts'

/** How a metric is shown: a panel for each label that it is split by, or one for the whole. */
interface View {
  readonly title: string
  readonly by?: string
  /** Only these series, such as `outcome="limited"`. */
  readonly only?: string
  readonly unit?: string
}

/** The panels, by the names of the metrics. */
const VIEWS: Readonly<Record<string, readonly View[]>> = {
  agora_token_requests_total: [
    { title: 'Requests by outcome', by: 'outcome' },
    { title: 'Refusals and errors by code', by: 'code', only: 'code!="granted"' },
    { title: 'Requests by route', by: 'route' },
  ],
  agora_tokens_issued_total: [
    { title: 'First tokens and renewals', by: 'intent' },
    { title: 'Tokens by service', by: 'service' },
    { title: 'Tokens by role', by: 'role' },
  ],
  agora_token_auth_failed_total: [{ title: 'Callers not recognised, by reason', by: 'reason' }],
  agora_token_phase_seconds: [{ title: 'Slowest 1 % of each phase', by: 'phase', unit: 's' }],
  agora_token_inflight: [{ title: 'Requests in flight, the busiest process' }],
  agora_token_ttl_seconds: [{ title: 'Life of the tokens, 99th percentile', unit: 's' }],
  agora_users_removed_total: [
    { title: 'Removals by whether new tokens are refused', by: 'refusal' },
    { title: 'Removals by whether Agora took the ban', by: 'ban' },
  ],
  agora_keyring_age_seconds: [{ title: 'Time since the keys changed', unit: 's' }],
}

const DATASOURCE = { type: 'prometheus', uid: '${datasource}' }
const [WIDTH, HEIGHT] = [12, 8]

/** The dashboard for Grafana, as it is imported. A metric without a view is a mistake. */
export function grafanaDashboard(table: readonly Metric[]): object {
  const shown = table.flatMap((metric) => viewsOf(metric).map((view) => ({ metric, view })))
  return {
    title: 'rtc-token: the token endpoint',
    uid: 'rtc-token',
    tags: ['agora', 'rtc-token'],
    schemaVersion: 39,
    timezone: 'browser',
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    templating: {
      list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' }],
    },
    panels: shown.map(({ metric, view }, index) => panel(metric, view, index)),
  }
}

function viewsOf({ name }: Metric): readonly View[] {
  const views = VIEWS[name]
  if (views === undefined) throw new Error(`No panel shows ${name}`)
  return views
}

function panel(metric: Metric, view: View, index: number): object {
  const { title, by, unit = metric.kind === 'counter' ? 'reqps' : 'short' } = view
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    description: `${metric.name}: ${metric.help}`,
    datasource: DATASOURCE,
    gridPos: {
      h: HEIGHT,
      w: WIDTH,
      x: (index % 2) * WIDTH,
      y: Math.floor(index / 2) * HEIGHT,
    },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: [
      {
        refId: 'A',
        datasource: DATASOURCE,
        expr: query(metric, view),
        legendFormat: by === undefined ? title : `{{${by}}}`,
      },
    ],
  }
}

/** The query that a metric of this kind is read by. */
function query({ name, kind }: Metric, { by, only }: View): string {
  const series = only === undefined ? '' : `{${only}}`
  const labels = [...(kind === 'histogram' ? ['le'] : []), ...(by === undefined ? [] : [by])]
  const split = labels.length === 0 ? '' : ` by (${labels.join(', ')})`
  if (kind === 'gauge') return `max${split}(${name}${series})`
  const part = kind === 'histogram' ? '_bucket' : ''
  const rate = `sum${split} (rate(${name}${part}${series}[$__rate_interval]))`
  return kind === 'histogram' ? `histogram_quantile(0.99, ${rate})` : rate
}
