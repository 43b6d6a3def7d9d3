import type { Page } from 'playwright-core'
import type { Started } from './start-example.ts'

/** Gets a visitor as far as the button that joins the call. */
type Enter = (page: Page, started: Started) => Promise<void>

const byInvitation: Enter = async (page, { printed }) => {
  await page.goto(await printed(/^ann: (.+)$/))
}

/** The examples with a page, by their folders. The page says `In the call.` while its user is. */
export const PAGES: Readonly<Record<string, Enter>> = {
  'express-react': async (page, { printed }) => {
    const password = await printed(/^ann: (.+)$/)
    await page.goto(await printed(/(http:\S+)/))
    await page.getByLabel('Name').fill('ann')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Log in' }).click()
  },
  'next-app': async (page, { printed }) => {
    const password = await printed(/^ann@example.com: (.+)$/)
    await page.goto(await printed(/(http:\S+)/))
    await page.getByLabel('Email').fill('ann@example.com')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  },
  'script-tag': byInvitation,
  'svelte-vite': byInvitation,
  'voice-agent': byInvitation,
  'vue-vite': byInvitation,
}
