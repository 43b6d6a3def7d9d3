#!/usr/bin/env node
import process from 'node:process'
import type { Host } from './arguments/host.ts'
import { EXIT } from './output/outcome.ts'
import { run } from './run.ts'

declare const VERSION: string

const DEFAULT_WIDTH = 80
const { env, stdin, stdout, stderr } = process

const host: Host = {
  env,
  cwd: process.cwd(),
  now: () => Date.now() / 1000,
  width: Math.min(widthOf(), 120),
  isInputTerminal: stdin.isTTY,
  ask,
  readInput,
}

stdout.on('error', failedToWrite)
stderr.on('error', () => undefined)

const argv = process.argv.slice(2)
const written = await run(argv, host, { isColoured: isColoured(), version: VERSION })
if (written.stderr !== '') stderr.write(written.stderr)
if (written.stdout !== '') stdout.write(written.stdout)
process.exitCode = written.exit

/** A closed pipe, as with `head`, is not a failure. A full disk is, because the token is lost. */
function failedToWrite({ code }: NodeJS.ErrnoException): void {
  if (/^(?:EPIPE|EOF|ERR_STREAM_DESTROYED)$/.test(code ?? '')) return
  process.exitCode = EXIT.internal
  stderr.write(`Standard output could not be written: ${code}.\n`)
}

function widthOf(): number {
  const width = stdout.columns || Number(env['COLUMNS']) || DEFAULT_WIDTH
  return Math.max(40, width)
}

/** Decides as Node does for its own output: by FORCE_COLOR, NO_COLOR, and whether it is a terminal. */
function isColoured(): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return !env['NO_COLOR'] && env['TERM'] !== 'dumb' && stdout.isTTY
}

/** Asks on standard error, because standard output is for results. */
async function ask(question: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline')
  const lines = createInterface({ input: stdin, output: stderr })
  return new Promise((resolve) => {
    lines.on('close', () => resolve(undefined))
    lines.question(question, (answer) => {
      resolve(answer)
      lines.close()
    })
  })
}

async function readInput(mostBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > mostBytes) break
  }
  stdin.destroy()
  return Buffer.concat(chunks).toString('utf8')
}
