import { runSuite } from './suite.ts'

// Bun's own conditions: bun, node, import, default.
process.stdout.write(JSON.stringify(await runSuite(`Bun ${process.versions['bun']}`)))
