import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './workspace.mjs'

/**
 * The code blocks of a language in a package's README, in order.
 *
 * @param {string} name the folder of the package
 * @param {string} language such as `ts`
 */
export function codeBlocks(name, language, root = ROOT) {
  const readme = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))]
  if (blocks.length === 0) throw new Error(`The README of ${name} has no block of ${language}`)
  return blocks.map(([, code = '']) => code)
}

/**
 * Writes the code blocks of core's README as programs; they use no types, so Node runs them as they
 * are. Returns their names.
 *
 * @param {string} app
 */
export function writeExamples(app) {
  return codeBlocks('core', 'ts').map((code, index) => {
    writeFileSync(join(app, `readme-${index}.mjs`), code)
    return `readme-${index}.mjs`
  })
}
