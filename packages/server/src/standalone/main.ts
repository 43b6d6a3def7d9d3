#!/usr/bin/env node
import process from 'node:process'

import { redactSecrets } from '../errors/redact-secrets.ts'
import { say } from './service/output.ts'
import { runCommand } from './commands/run-command.ts'

try {
  const code = await runCommand(process.argv.slice(2), process.env)
  if (code !== undefined) process.exit(code)
} catch (error) {
  say(redactSecrets(error instanceof Error ? error.message : typeof error))
  process.exit(1)
}
