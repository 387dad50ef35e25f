/** Proves that what the ledger uses of this package needs no host: no coders, no clock, no randomness. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { toHex } from './bytes.ts'
import { canonicalTextOf } from './canonical-text.ts'
import { exampleDraft, exampleSigner } from './golden/example-statements.ts'
import { nodeSuite } from './node-suite.ts'
import { signStatement } from './statement.ts'

const bytes = toHex(
  signStatement(nodeSuite, exampleDraft(nodeSuite, 'record-daily-totals'), exampleSigner(1)),
)

/** Runs in a process whose host globals are taken away before the package is loaded. */
const SCRIPT = `
const { sha256 } = await import('@noble/hashes/sha2.js')
for (const name of ['TextEncoder', 'TextDecoder', 'Date', 'Buffer', 'crypto', 'Intl', 'performance'])
  delete globalThis[name]
Math.random = () => { throw new Error('randomness') }
const { decodeStatement, fromHex, readCanonicalText, toHex, utf8 } = await import('./index.ts')
const statement = decodeStatement({ sha256 }, fromHex('${bytes}'))
const text = readCanonicalText(utf8('{"b":"${'中'.repeat(60)}","a":1.00}'))
process.stdout.write(statement.subject + ' ' + toHex(statement.id).length + ' ' + text)
`

test('without host globals a statement decodes and a text is read as with them', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: join(import.meta.dirname),
    encoding: 'utf8',
  })
  assert.equal(
    output,
    `totals:2024-02-29 64 ${canonicalTextOf({ a: 1, b: '中'.repeat(60) }).replace(':1,', ':1.00,')}`,
  )
})
