import { readFileSync } from 'node:fs'
import { defineConfig } from 'rolldown'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))

// One file for what is used every day, one more for each command that needs more: a start reads little.
// oxlint-disable-next-line import/no-default-export -- what rolldown reads
export default defineConfig({
  input: { 'rtc-token': 'src/main.ts' },
  platform: 'node',
  resolve: { conditionNames: ['@rtc-token/source', 'node', 'import', 'default'] },
  transform: { target: 'node20', define: { VERSION: JSON.stringify(version) } },
  output: { dir: 'dist', format: 'esm', minify: true, cleanDir: true, chunkFileNames: '[name].js' },
})
