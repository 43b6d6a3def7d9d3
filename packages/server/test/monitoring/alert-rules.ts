/** An alert of Prometheus. What to do about it stands in docs/monitoring.md, below its name. */
export interface AlertRule {
  readonly alert: string
  readonly expr: string
  readonly for: string
  readonly labels: { readonly severity: 'critical' | 'warning' }
  readonly annotations: { readonly summary: string; readonly runbook_url: string }
}

const PAGE = 'https://rtc-token.github.io/rtc-token/monitoring.html'
const REQUESTS = 'agora_token_requests_total'
const ISSUED = 'agora_tokens_issued_total'
const REMOVED = 'agora_users_removed_total'

/** The file that Prometheus reads. */
export function alertRules(): object {
  return { groups: [{ name: 'rtc-token', rules: RULES }] }
}

export const RULES: readonly AlertRule[] = [
  rule('critical', 'TokenServerAbsent', '5m', {
    expr: 'absent(agora_token_inflight)',
    summary: 'Prometheus sees no token endpoint',
  }),
  rule('critical', 'TokenServerErrors', '5m', {
    expr: `${share('outcome="error"', '5m')} > 0.01`,
    summary: 'More than 1 % of token requests end in a 5xx',
  }),
  rule('critical', 'TokenRemovalFailed', '0m', {
    expr: [grew('refusal="failed"'), grew('ban="failed"')].join(' or '),
    summary: 'A user who was to be removed may still be in the call, or come back',
  }),
  rule('warning', 'TokenHooksSlow', '10m', {
    expr: 'histogram_quantile(0.99, sum by (le, phase) (rate(agora_token_phase_seconds_bucket[5m]))) > 1',
    summary:
      'The phase {{ $labels.phase }} takes longer than a second for one request in a hundred',
  }),
  rule('warning', 'TokenRequestsWaiting', '5m', {
    expr: 'agora_token_inflight > 200',
    summary: 'More than 200 requests wait in {{ $labels.instance }}',
  }),
  rule('warning', 'TokenCallersUnrecognised', '10m', {
    expr: busy(`${share('outcome="unauthenticated"', '10m')} > 0.2`),
    summary: 'More than 20 % of token requests come from callers that are not recognised',
  }),
  rule('warning', 'TokenKeysUnknown', '5m', {
    expr: 'sum by (reason) (rate(agora_token_auth_failed_total{reason=~"key_unknown|key_not_yet_known"}[5m])) > 0.1',
    summary: 'JWTs arrive that no key of the identity provider verifies',
  }),
  rule('warning', 'TokenRequestsDenied', '15m', {
    expr: busy(`${share('outcome="denied"', '15m')} > 0.2`),
    summary: 'More than 20 % of token requests are refused',
  }),
  rule('warning', 'TokenRequestsLimited', '10m', {
    expr: busy(`${share('outcome="limited"', '10m')} > 0.05`),
    summary: 'More than 5 % of token requests are over a limit',
  }),
  rule('warning', 'TokenRenewalsMissing', '15m', {
    expr: `sum(increase(${ISSUED}{intent="mint"}[3h])) > 100 unless sum(increase(${ISSUED}{intent="renew"}[3h])) > 0`,
    summary: 'Pages get first tokens and never renew them',
  }),
  rule('warning', 'TokenLivesShort', '1h', {
    expr: 'histogram_quantile(0.5, sum by (le) (rate(agora_token_ttl_seconds_bucket[1h]))) < 300',
    summary: 'Half of the tokens live for less than five minutes',
  }),
]

function rule(
  severity: 'critical' | 'warning',
  alert: string,
  forTime: string,
  { expr, summary }: { readonly expr: string; readonly summary: string },
): AlertRule {
  const runbook_url = `${PAGE}#${alert.toLowerCase()}`
  return { alert, expr, for: forTime, labels: { severity }, annotations: { summary, runbook_url } }
}

/** The part of all requests that these are, from 0 to 1. */
function share(only: string, window: string): string {
  return `sum(rate(${REQUESTS}{${only}}[${window}])) / sum(rate(${REQUESTS}[${window}]))`
}

/** Only while there is a request every ten seconds: a share of three requests says little. */
function busy(condition: string): string {
  return `${condition} and sum(rate(${REQUESTS}[10m])) > 0.1`
}

/** Series that grew in the last quarter of an hour. `increase` alone does not see that a series begins with 1. */
function grew(only: string): string {
  const series = `${REMOVED}{${only}}`
  return `increase(${series}[15m]) > 0 or (${series} unless ${series} offset 15m)`
}
