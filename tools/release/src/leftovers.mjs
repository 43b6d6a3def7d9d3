import { rolldown } from 'rolldown'
import { BROWSER_FLOOR } from './browser-faults.mjs'

/** @import { Files } from './content-faults.mjs' */

const PROGRAM = '\0program'
const FILE = '\0file'

/**
 * The files that leave code in a page that uses nothing of them, in a package for pages. Each such statement needs a
 * `@__PURE__`: a bundler cannot leave out a shared file as a whole, as it could with the module that it came from.
 *
 * @param {Files} files
 * @returns {Promise<readonly string[]>}
 */
export async function leftovers(files) {
  if (!files.get('README.md')?.includes(BROWSER_FLOOR)) return []
  const shared = [...files].filter(([path]) => /^dist\/shared\/.+\.js$/.test(path))
  const rests = await Promise.all(shared.map(async ([path, text]) => [path, await restOf(text)]))
  return rests.flatMap(([path = '', rest]) =>
    rest === '' ? [] : [`${path} always leaves: ${rest}`],
  )
}

/**
 * What of a file remains when nothing of it is used; its imports do not count.
 *
 * @param {string} text
 */
async function restOf(text) {
  const bundle = await rolldown({
    input: PROGRAM,
    logLevel: 'silent',
    external: (id) => id !== PROGRAM && id !== FILE,
    plugins: [
      {
        name: 'one-file',
        resolveId: (id) => (id === PROGRAM || id === FILE ? id : undefined),
        load: (id) => (id === PROGRAM ? `import '${FILE}'` : id === FILE ? text : undefined),
      },
    ],
  })
  const { output } = await bundle.generate({ comments: false })
  const rest = output[0].code.replaceAll(/^\/\/.*$/gm, '')
  return rest.replaceAll(/import\s*(?:[^'"]*\bfrom\s*)?(?:"[^"]*"|'[^']*');?/g, '').trim()
}
