import { describe, expect, it } from 'vitest'

import { documentOf, SETUPS } from '../../test/contract/endpoint-setups.ts'
import { prune, when } from './prune.ts'

describe('prune', () => {
  const data = {
    ...when(['inspect'], { looks: { max: '{{max}}' } }),
    ...when(['inspect', 'rtm'], { both: 1 }),
    list: [{ text: 'at most {{max}}' }, '{{names}}'],
  }

  it.each([
    [{ inspect: false }, {}],
    [{ inspect: true }, { looks: { max: 9 } }],
    [{ rtm: true }, {}],
    [
      { inspect: true, rtm: true },
      { looks: { max: 9 }, both: 1 },
    ],
  ])('keeps with %j what is open', (open, kept) => {
    const list = [{ text: 'at most 9' }, ['{{max}}']]
    const facts = { ...open, max: 9, names: ['{{max}}'] }
    expect(prune(data, facts)).toEqual({ ...kept, list })
  })

  it.each(SETUPS)('leaves no mark and no placeholder in the document %s', (_setup, options) => {
    expect(JSON.stringify(documentOf(options))).not.toMatch(/\{\{|undefined/)
  })
})
