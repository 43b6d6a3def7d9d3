import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import { TokenRenewalProvider, useTokenRenewal } from '../src/react/index.ts'
import { FakeRtcNgClient } from './support/fake-rtc-ng.ts'

describe('useTokenRenewal on a server', () => {
  it('renders as idle and does nothing', () => {
    const client = new FakeRtcNgClient()
    const source = vi.fn()
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const Session = () => {
      const { phase, remainingMs, renewer } = useTokenRenewal({ adapter, join: true })
      return `${phase} ${typeof remainingMs} ${typeof renewer}`
    }
    const page = createElement(TokenRenewalProvider, { source }, createElement(Session))
    expect(renderToString(page)).toBe('idle undefined undefined')
    expect(source).not.toHaveBeenCalled()
    expect(client.listenerCount).toBe(0)
  })
})
