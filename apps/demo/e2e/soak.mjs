import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

// pnpm --filter @rtc-token/demo soak [--minutes 10] [--seed 1]

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
})
const minutes = Number(values.minutes)
const seed = Number(values.seed ?? Date.now() % 1e6)
if (!(minutes > 0) || !Number.isInteger(seed)) {
  throw new TypeError(
    `--minutes above 0 and a whole --seed expected, got ${values.minutes} and ${values.seed}`,
  )
}

// Through Vite, so that the packages are read from their sources and need no build.
const conditions = ['@rtc-token/source', 'node', 'development']
const { module } = await runnerImport(fileURLToPath(new URL('soak/run-soak.ts', import.meta.url)), {
  configFile: false,
  environments: { inline: { resolve: { conditions, noExternal: [/^@rtc-token\//] } } },
})

const tell = (line) => process.stdout.write(`${new Date().toLocaleTimeString()} ${line}\n`)
tell(`${minutes} minutes with seed ${seed}`)
const result = await module.runSoak({ minutes, seed, tell })
tell(JSON.stringify(result, null, 2))
process.exitCode = result.violations.length === 0 && result.isHealed ? 0 : 1
