import type { TokenReply } from '@rtc-token/core/contract'
import type { Page } from 'playwright-core'

/** Lets the page get another answer than the endpoint gave: `change` makes it from the real one. */
export async function replaceReply(
  page: Page,
  change: (reply: TokenReply) => Partial<TokenReply>,
): Promise<void> {
  await page.route('**/api/agora/v1/tokens', async (route) => {
    // Tried again when the server has just closed the connection that was to be used once more. When
    // the page has gone meanwhile nothing waits for it; otherwise the request stays unanswered, and the test fails.
    const response = await route.fetch({ maxRetries: 2 }).catch(() => undefined)
    if (!response) return
    const reply: TokenReply = await response.json()
    await route.fulfill({ response, json: { ...reply, ...change(reply) } })
  })
}
