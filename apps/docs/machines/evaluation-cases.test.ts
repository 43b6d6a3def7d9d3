import { describe, expect, it } from 'vitest'
import cases from './evaluation-cases.json' with { type: 'json' }

/** Whether an answer has all that it must have, and nothing that it must not. */
function passes({ must, mustNot }: (typeof cases)[number], answer: string): boolean {
  const has = (pattern: string): boolean => new RegExp(pattern, 'm').test(answer)
  return must.every(has) && !mustNot.some(has)
}

describe('the evaluation cases', () => {
  it('are twelve, each with a name of its own', () => {
    expect(cases).toHaveLength(12)
    expect(new Set(cases.map(({ id }) => id)).size).toBe(12)
  })

  it.each(cases)('$id has a question, patterns, a reason and a page', (it) => {
    expect(Object.keys(it)).toEqual([
      'id',
      'prompt',
      'must',
      'mustNot',
      'why',
      'page',
      'good',
      'bad',
    ])
    expect(it.must.length).toBeGreaterThan(0)
    expect(it.mustNot.length).toBeGreaterThan(0)
    for (const text of [it.prompt, it.why, it.page]) expect(text).not.toBe('')
  })

  it.each(cases)('$id tells a good answer from a bad one', (it) => {
    expect(passes(it, it.good)).toBe(true)
    expect(passes(it, it.bad)).toBe(false)
    // For a reason of its own, not only for what is missing.
    expect(passes({ ...it, must: [] }, it.bad)).toBe(false)
  })
})
