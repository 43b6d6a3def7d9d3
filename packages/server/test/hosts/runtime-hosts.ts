import { resolve } from 'node:path'

import { type RuntimeName, serveWorker, startProgram } from '@rtc-token/runtimes'
import { build } from 'vite'

import type { Host, RunningHost } from './host.ts'
import { sendHttp } from './send-http.ts'

/** A host that is a program of its own, with its own copy of the endpoint. */
export interface RuntimeHost extends Host {
  readonly runtime: RuntimeName
}

// What Wrangler sets when it bundles a worker; without `node`, so that the portable code is picked.
const CONDITIONS = ['@rtc-token/source', 'workerd', 'worker', 'browser']

function programHost(runtime: 'bun' | 'deno', isBare: boolean): RuntimeHost {
  return {
    name: runtime + (isBare ? ', given handler.fetch' : ''),
    runtime,
    prefix: '',
    ip: isBare ? undefined : '127.0.0.1',
    start: async () => {
      const { firstLine, stop } = await startProgram(runtime, here(`serve-${runtime}.ts`), {
        conditions: ['@rtc-token/source'],
        permissions: ['--allow-net=127.0.0.1'],
        args: isBare ? ['bare'] : [],
      })
      return onPort(Number(firstLine), stop)
    },
  }
}

function workerHost(isBare: boolean): RuntimeHost {
  return {
    name: `workerd${isBare ? ', given the handler' : ''}`,
    runtime: 'workerd',
    prefix: '',
    ip: isBare ? undefined : '203.0.113.7',
    traits: ['parses-target'],
    start: async () => {
      const worker = await bundle(here(`serve-worker${isBare ? '-bare' : ''}.ts`))
      // Bindings with the names of a context's members, which the handler must ignore.
      const env = { AGORA_APP_ID: '', ip: '198.51.100.1', parsedBody: '{}', readBody: 'x' }
      const { url, stop } = await serveWorker(worker, isBare ? { env } : {})
      return onPort(Number(new URL(url).port), stop)
    },
  }
}

function onPort(port: number, stop: () => Promise<void>): RunningHost {
  return { port, send: (wire) => sendHttp(port, wire), stop }
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: CONDITIONS },
    ssr: { target: 'webworker', noExternal: true, resolve: { conditions: CONDITIONS } },
    build: { ssr: entry, target: 'es2022', write: false, minify: false },
  })
  const outputs = 'output' in result ? result.output : []
  return outputs.map((output) => (output.type === 'chunk' ? output.code : '')).join('')
}

function here(file: string): string {
  return resolve(import.meta.dirname, file)
}

/** The runtimes that are not the one of the tests. */
export const RUNTIME_HOSTS: readonly RuntimeHost[] = [false, true].flatMap((isBare) => [
  programHost('deno', isBare),
  programHost('bun', isBare),
  workerHost(isBare),
])
