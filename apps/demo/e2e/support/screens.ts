import type { Page } from 'playwright-core'

/** The screens of the page, by the hash of their address. */
export const SCREENS = ['call', 'inspector', 'policy', 'attacks', 'rotation'] as const

/** The name of a screen. */
export type ScreenName = (typeof SCREENS)[number]

/** Brings a screen into a state in which most of it is there. */
export async function fillScreen(page: Page, screen: ScreenName): Promise<void> {
  await page.getByRole('main').getByRole('heading').first().waitFor()
  await FILL[screen](page)
}

const FILL: Readonly<Record<ScreenName, (page: Page) => Promise<void>>> = {
  async call(page) {
    const seats = ['A', 'B'].map((name) => page.getByRole('region', { name: `Seat ${name}` }))
    await seats[1]?.getByRole('button', { name: 'Join' }).click()
    for (const seat of seats) await seat.getByText('CONNECTED', { exact: true }).waitFor()
    await seats[0]?.getByRole('button', { name: 'Publish a tone' }).click()
    await seats[1]?.getByText('Seat A (publishes)').waitFor()
  },
  async inspector(page) {
    await page.getByRole('button', { name: '007', exact: true }).click()
    await page.getByRole('heading', { name: 'What it says' }).waitFor()
    await page.getByRole('button', { name: 'Ask the server' }).click()
    await page.getByText(/igned with a certificate of this project\./).waitFor()
  },
  async policy(page) {
    await page.getByRole('button', { name: 'Ask for a token' }).press('Enter')
    await page.getByRole('heading', { name: 'Reply' }).waitFor()
  },
  async attacks(page) {
    await page.getByRole('button', { name: 'Run the attacks' }).press('Enter')
    await page.getByRole('heading', { name: 'Results' }).waitFor()
  },
  async rotation(page) {
    for (const button of ['Ask for a token', '1. Add the secondary key', '2. Sign with it']) {
      await page.locator('button:enabled').filter({ hasText: button }).press('Enter')
    }
    await page.getByText(/may be dropped/).waitFor()
  },
}
