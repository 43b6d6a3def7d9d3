import { runSuite } from './suite.ts'

// Node's own conditions: node, import, default.
process.stdout.write(JSON.stringify(await runSuite(`Node ${process.versions.node}`)))
