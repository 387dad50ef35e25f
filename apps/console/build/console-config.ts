/** How Vite makes the console: one page, hashed assets, nothing fetched from elsewhere. */
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

/** The configuration for a console folder; `outDir` is where the built files go. */
export function consoleConfig(root: string, outDir: string): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 3000,
      reportCompressedSize: false,
    },
  }
}
