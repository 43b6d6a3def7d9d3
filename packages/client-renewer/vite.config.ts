import { defaultClientConditions, defineConfig } from 'vite'

// The file for script tags. The modules beside it come from tsc.
export default defineConfig({
  resolve: { conditions: ['@rtc-token/source', ...defaultClientConditions] },
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
  },
})
