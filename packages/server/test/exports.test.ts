import { describe, expect, it } from 'vitest'

import * as node from '../src/adapters/node.ts'
import * as main from '../src/index.ts'

describe('the names this package exports', () => {
  it('are these', () => {
    expect(Object.keys(main).toSorted()).toEqual([
      'allow',
      'createTokenHandler',
      'deny',
      'projectFromEnv',
    ])
  })

  it('are one more for node:http', () => {
    expect(Object.keys(node)).toEqual(['toNodeListener'])
  })
})
