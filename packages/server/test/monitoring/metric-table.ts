import { prometheus } from '../../src/telemetry/prometheus.ts'

/** A metric, as the endpoint registers it. */
export interface Metric {
  readonly name: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly labels: readonly string[]
  readonly help: string
}

/** What prom-client knows of a metric, though its typings do not say so. */
interface Registered {
  readonly name: string
  readonly help: string
  readonly labelNames: readonly string[]
}

/** Every metric of the endpoint. */
export async function metricTable(): Promise<readonly Metric[]> {
  const { registry } = prometheus()
  const described = await registry.getMetricsAsJSON()
  return described.map(({ name, type }) => {
    const { help, labelNames } = registry.getSingleMetric(name) as unknown as Registered
    return { name, kind: kindOf(String(type)), labels: labelNames.filter(isOwn), help }
  })
}

/** Metrics that a query reads, by their names in the table: a histogram is read by its parts. */
export function metricsIn(query: string): readonly string[] {
  const names = query.match(/\bagora_\w+/g) ?? []
  return names.map((name) => name.replace(/_(?:bucket|sum|count)$/, ''))
}

/** Labels that a query names, in `by (…)` and in `{…}`. */
export function labelsIn(query: string): readonly string[] {
  const lists = [...query.matchAll(/\bby \(([^)]*)\)/g)].map(([, list = '']) => list)
  const matched = [...query.matchAll(/(\w+)=~?"/g)].map(([, label = '']) => label)
  return [...lists.flatMap((list) => list.split(', ')), ...matched].filter(isOwn)
}

/** `le` is how Prometheus names the buckets of a histogram. */
function isOwn(label: string): boolean {
  return label !== 'le'
}

function kindOf(type: string): Metric['kind'] {
  if (type === 'counter' || type === 'gauge' || type === 'histogram') return type
  throw new Error(`No panel for a metric of the kind ${type}`)
}
