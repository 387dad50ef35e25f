/** Makes the golden vectors again with both suites and compares them with what is committed. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { browserSuite } from './browser-suite.ts'
import { goldenFiles } from './golden/golden-files.ts'
import { nodeSuite } from './node-suite.ts'

const folder = join(import.meta.dirname, '..', 'vectors')
const printed = (content: unknown) => `${JSON.stringify(content, null, 2)}\n`

// `UPDATE_VECTORS=1 node --test …/golden-vectors.test.ts` writes the files instead; a change in them changes bytes that
// others hold, so it belongs into the changelog.
if (process.env.UPDATE_VECTORS === '1') {
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(goldenFiles(nodeSuite)))
    writeFileSync(join(folder, name), printed(content))
}

for (const [where, suite] of Object.entries({ node: nodeSuite, browser: browserSuite })) {
  for (const [name, content] of Object.entries(goldenFiles(suite))) {
    test(`vectors/${name} is what the ${where} suite makes`, () => {
      assert.equal(printed(content), readFileSync(join(folder, name), 'utf8'))
    })
  }
}
