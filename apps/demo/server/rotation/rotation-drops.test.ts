import { describe, expect, it } from 'vitest'
import { compareDrops } from './rotation-drops.ts'

describe('the comparison of rotations', () => {
  it('finds that with an overlap everything goes on', async () => {
    const kept = (await compareDrops()).map((comparison) => comparison.kept)
    expect(kept.map(({ isGood }) => isGood)).toEqual([true, true, true, true])
  })

  it('finds that without one the tokens in use are turned away', async () => {
    const early = (await compareDrops()).map((comparison) => comparison.early)
    expect(early).toEqual([
      { isGood: false, text: 'Turned away: SIGNATURE_INVALID' },
      { isGood: false, text: '400 previous_token_invalid' },
      { isGood: true, text: '200' },
      { isGood: true, text: 'Let in' },
    ])
  })
})
