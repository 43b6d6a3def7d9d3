import { runSuite } from './suite.ts'

// Deno's own conditions: deno, node, import, default. The program gets no permission at all.
process.stdout.write(JSON.stringify(await runSuite(`Deno ${process.versions['deno']}`)))
