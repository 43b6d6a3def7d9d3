import { describe, expect, it } from 'vitest'
import { apaasDrafts } from '../src/builders/apaas-token-builder.ts'
import { chatDrafts2 } from '../src/builders/chat-token-builder-2.ts'
import { convoAiDrafts } from '../src/builders/rtc-companions.ts'
import type { Draft } from '../src/builders/draft.ts'
import { rtcDrafts2 } from '../src/builders/rtc-token-builder-2.ts'
import { rtcDrafts } from '../src/builders/rtc-token-builder.ts'
import { rtmDrafts } from '../src/builders/rtm-token-builder.ts'
import { type BuilderVector, readBuilderVectors } from './support/builder-vectors.ts'
import { contentOf } from './support/token-content.ts'

const FAMILIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  rtc6: rtcDrafts,
  rtm6: rtmDrafts,
  rtc7: rtcDrafts2,
  chat7: chatDrafts2,
  edu7: apaasDrafts,
  apaas7: apaasDrafts,
  convoai7: convoAiDrafts,
}

describe('builders', () => {
  const rows = readBuilderVectors()

  it('are called by 50 vectors', () => {
    expect(rows).toHaveLength(50)
  })

  it.each(rows)('$id: $fn signs what the references sign', (row) => {
    expect(contentOf(sign(row))).toBe(row.answer)
  })
})

function sign({ fn, args, now, salt }: BuilderVector): string {
  const [family = '', name = ''] = fn.split('.')
  const draft = FAMILIES[family]![name] as (...args: unknown[]) => Draft
  return draft(...args)({ issuedAt: now, salt })
}
