import type { TokenReply } from '@rtc-token/core/contract'
import type { Welcome } from '../../../server/token-server/welcome.ts'
import { postJson } from '../../post-json.ts'
import { EMPTY_QUESTION, type Question } from './expected-of.ts'

/**
 * Asks the demo's token endpoint for a token of this page's guest, to look at.
 *
 * @throws {Error} when the endpoint says no
 */
export async function askForToken({ channel, pass }: Welcome): Promise<Question> {
  const reply = await postJson<TokenReply>(
    '/api/agora/v1/tokens',
    { channel, role: 'publisher' },
    { authorization: `Bearer ${pass}` },
  )
  return { ...EMPTY_QUESTION, token: reply.token, channel, user: String(reply.uid) }
}
