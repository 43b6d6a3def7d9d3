import assert, { ok } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { type AgoraPackage, agoraFile } from './agora-packages.ts'
import { contentOf } from './token-content.ts'

/** A test of one of Agora's suites, in the form of nodeunit. */
export type OriginalTest = (test: NodeunitTest) => void

interface NodeunitTest {
  equal(a: unknown, b: unknown): void
  strictEqual(a: unknown, b: unknown): void
  deepEqual(a: unknown, b: unknown): void
  ok(value: unknown): void
  done(): void
}

/** What the suites require, by the name without its folder: `AccessToken2`, `index`. */
export type Replacements = Readonly<Record<string, object>>

/**
 * Loads a test file from the installed package and gives it our modules in place of the package's own.
 * A module that has no replacement is an error: nothing of theirs gets in by accident. Without any
 * replacements the tests run on the package itself.
 */
export function loadOriginalTests(
  name: AgoraPackage,
  file: string,
  replacements?: Replacements,
): [title: string, test: OriginalTest][] {
  const path = agoraFile(name, `test/${file}`)
  const nodeRequire = createRequire(path)
  const replaced = (id: string): unknown => {
    if (!replacements || !id.startsWith('.')) return nodeRequire(id)
    const found = replacements[id.replace(/^\.\.\/(src\/)?/, '')]
    if (!found) throw new Error(`no replacement for ${id}`)
    return found
  }
  const module = { exports: {} as Record<string, OriginalTest> }
  const source = readFileSync(path, 'utf8')
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- a CommonJS file, run with our require
  const run = new Function('require', 'exports', 'module', '__dirname', source)
  run(replaced, module.exports, module, dirname(path))
  return Object.entries(module.exports)
}

/** Runs one of the tests. @throws when an assertion fails or the test does not come to its end */
export function runOriginalTest(test: OriginalTest): void {
  let isDone = false
  const done = (): void => {
    isDone = true
  }
  // Loose where nodeunit is loose: the suites compare Buffers with texts.
  test({
    // oxlint-disable-next-line eqeqeq
    equal: (a, b) => ok(comparable(a) == comparable(b), `${String(a)} == ${String(b)}`),
    strictEqual: (a, b) => assert.strictEqual(a, b),
    deepEqual: (a, b) => assert.deepEqual(a, b),
    ok: (value) => ok(value),
    done,
  })
  ok(isDone, 'done() was not called')
}

/** Expected 007 tokens stand in the suites as one zlib wrote them; what counts is their content. */
function comparable(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith('007e') ? contentOf(value) : value
}
