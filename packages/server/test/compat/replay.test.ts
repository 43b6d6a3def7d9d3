import { describe, expect, it } from 'vitest'

import { RECORDED } from './recorded-requests.ts'
import { sendRecorded } from './send-recorded.ts'

const NAMES = ['rtcToken', 'rtmToken', 'chatToken', 'token', 'message']

describe('the requests of agora-token-service, replayed', () => {
  it.each(RECORDED.map(([...row]) => row))(
    '%s is answered with %i as there',
    async (...[request, status, code]) => {
      const sent = await sendRecorded(request)
      expect([sent.status, sent.code]).toEqual([status, code])
      const json = JSON.parse(sent.reply.body) as Record<string, unknown>
      if (status === 200) return expect(NAMES).toEqual(expect.arrayContaining(Object.keys(json)))
      const said = json['detail'] ?? json['title']
      return expect(json).toMatchObject({ message: said, error: said, status })
    },
  )
})
