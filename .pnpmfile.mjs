// What a published manifest need not say: conditions, tools and scripts that only this workspace knows.
const WORKSPACE_CONDITION = '@rtc-token/source'
const TOOLS = new Set(['devDependencies', 'scripts'])

export const hooks = {
  /** @param {Record<string, unknown>} manifest */
  beforePacking(manifest) {
    const kept = Object.entries(manifest).filter(([field]) => !TOOLS.has(field))
    return withoutCondition(Object.fromEntries(kept))
  },
}

/**
 * @param {unknown} target
 * @returns {unknown}
 */
function withoutCondition(target) {
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return target
  const entries = Object.entries(target).filter(([condition]) => condition !== WORKSPACE_CONDITION)
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutCondition(value)]))
}
