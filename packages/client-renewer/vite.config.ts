import { defineConfig } from 'vite'

// The file for script tags. The modules beside it come from tsc.
export default defineConfig({
  // Also where NODE_ENV says otherwise: codes and facts, without the words for developers.
  resolve: { conditions: ['@rtc-token/source', 'module', 'browser', 'production'] },
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
