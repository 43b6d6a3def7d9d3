import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

test('bundles the app for Android and iOS, which run on a phone only and not here', () => {
  const args = ['expo', 'export', '--platform', 'android', '--platform', 'ios']
  const { status, stdout, stderr } = spawnSync('npx', args, {
    env: { ...process.env, EXPO_NO_TELEMETRY: '1' },
    encoding: 'utf8',
  })
  assert.equal(status, 0, stdout + stderr)
  const { fileMetadata } = JSON.parse(readFileSync('dist/metadata.json', 'utf8'))
  for (const platform of ['android', 'ios']) {
    const bundle = readFileSync(`dist/${fileMetadata[platform].bundle}`, 'latin1')
    // What Hermes runs, with the words of the screen in it.
    assert.equal(bundle.slice(0, 4), '\xc6\x1f\xbc\x03')
    for (const words of ['Paste your invitation', 'In the call.']) assert.ok(bundle.includes(words))
  }
})
