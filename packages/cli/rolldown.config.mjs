import { readFileSync } from 'node:fs'
import { examplesIn, filesOf } from '@rtc-token/release/example-folders'
import { defineConfig } from 'rolldown'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
// What `init` copies travels as text in a file of its own: npm leaves out and renames files such as `.gitignore`.
const templates = Object.fromEntries(examplesIn().map((name) => [name, filesOf(name)]))

// One file for what is used every day, one more for each command that needs more: a start reads little.
// oxlint-disable-next-line import/no-default-export -- what rolldown reads
export default defineConfig({
  input: { 'rtc-token': 'src/main.ts' },
  platform: 'node',
  resolve: { conditionNames: ['@rtc-token/source', 'node', 'import', 'default'] },
  transform: {
    target: 'node20',
    define: { VERSION: JSON.stringify(version), TEMPLATES: JSON.stringify(templates) },
  },
  output: { dir: 'dist', format: 'esm', minify: true, cleanDir: true, chunkFileNames: '[name].js' },
})
