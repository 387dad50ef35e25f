/** How Vite makes the offline verify page: one HTML file that holds its script and style and may connect to nothing. */
import type { InlineConfig } from 'vite'
import { inlineEverything } from './inline-everything.ts'

/** The configuration; the result is `verify.html` beside the console. */
export function verifyPageConfig(root: string, outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    base: './',
    plugins: [inlineEverything()],
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 1_000_000,
      cssCodeSplit: false,
      reportCompressedSize: false,
      rolldownOptions: { input: `${root}/verify.html` },
    },
  }
}
