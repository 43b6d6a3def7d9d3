#!/usr/bin/env node
import process from 'node:process'

import { redactSecrets } from '../telemetry/redact-secrets.ts'
import { runCommand } from './run-command.ts'

try {
  const code = await runCommand(process.argv.slice(2), process.env)
  if (code !== undefined) process.exit(code)
} catch (error) {
  const reason = error instanceof Error ? error.message : typeof error
  process.stderr.write(`rtc-token-server: ${redactSecrets(reason)}\n`)
  process.exit(1)
}
