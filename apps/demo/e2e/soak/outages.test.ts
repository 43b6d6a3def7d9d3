import { describe, expect, it } from 'vitest'
import { createOutages } from './outages.ts'

describe('createOutages', () => {
  it('tells what stood in the way in a span of time, the slack included', () => {
    let now = 1000
    const outages = createOutages(() => now, 10)
    outages.set('down', true)
    now = 2000
    outages.set('down', true)
    outages.set('down', false)
    outages.set('cut', true)
    now = 3000
    expect(outages.between(0, 989)).toEqual([])
    expect(outages.between(0, 990)).toEqual(['down'])
    expect(outages.between(1500, 1600)).toEqual(['down'])
    expect(outages.between(2005, 2005)).toEqual(['down', 'cut'])
    expect(outages.between(2500, 9000)).toEqual(['cut'])
  })
})
