/** `node build/run-build.ts [folder]`: builds the console and the offline verify page. */
import { join } from 'node:path'
import { build } from 'vite'
import { consoleConfig } from './console-config.ts'
import { verifyPageConfig } from './verify-page-config.ts'

const root = join(import.meta.dirname, '..')
const outDir = process.argv[2] ?? join(root, 'dist')

await build(consoleConfig(root, outDir))
await build(verifyPageConfig(join(root, 'verify-page'), outDir))
