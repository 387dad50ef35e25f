/** Writes `packages/standards/generated/`: `node packages/standards/src/r4/generate/write-generated.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { generatedFiles } from './generated-files.ts'

const folder = new URL('../../../generated/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(generatedFiles())) writeFileSync(new URL(name, folder), text)
