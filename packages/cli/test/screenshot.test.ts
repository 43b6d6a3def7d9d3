import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { drawTerminal } from './support/draw-terminal.ts'
import { ENV, NOW, tokenOf } from './support/project.ts'
import { startRtcToken } from './support/rtc-token.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

it('the picture of the README is what the program writes now', async () => {
  const args = [tokenOf(), '--channel', 'room-42', '--uid', '8', '--at', String(NOW)]
  const { stdout } = await startRtcToken(args, { env: { ...ENV, FORCE_COLOR: '1' } })
  const command = 'npx rtc-token 007eJx… --channel room-42 --uid 8'
  const label =
    'rtc-token explains a token: what it holds, its life as a bar, and why it is refused'
  await expect(drawTerminal(command, stdout, label)).toMatchFileSnapshot(
    `${ROOT}docs/images/explain.svg`,
  )
})

it('the README shows it', () => {
  expect(readFileSync(`${ROOT}packages/cli/README.md`, 'utf8')).toContain('explain.svg?raw=true)')
})
