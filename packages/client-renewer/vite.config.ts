import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// Its `exports` lead to CommonJS, with which bundlers add 0.2 kB of their own.
const EMITTER = new URL('node_modules/eventemitter3/dist/eventemitter3.esm.js', import.meta.url)

// The file for script tags. The modules beside it come from tsc.
export default defineConfig({
  // Also where NODE_ENV says otherwise: codes and facts, without the words for developers.
  resolve: {
    conditions: ['@rtc-token/source', 'module', 'browser', 'production'],
    alias: { eventemitter3: fileURLToPath(EMITTER) },
  },
  build: {
    outDir: 'dist/browser',
    target: 'es2022',
    minify: true,
    lib: {
      entry: 'browser/rtc-token.ts',
      formats: ['iife'],
      name: 'RtcToken',
      fileName: () => 'rtc-token.js',
    },
    rolldownOptions: { output: { generatedCode: { symbols: false } } },
  },
})
