/** Compares the refusal codes of the specification with those of the code. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { refusalCodes } from './refusal-codes.ts'

const path = join(import.meta.dirname, '../../../docs/spec/6-refusal-codes.md')

const HEAD = `# 6 Refusal codes

Normative. A refusal is a value \`{module, code, detail}\`; its number becomes the ABCI code, so numbers and codes are consensus data.
The table only grows: a number or code is never given another meaning, and one that is no longer used stays. \`{name}\` stands for a
member of the detail, which holds identifiers of ours, places and counts, and never a value of a person's data. The texts may be
improved at any time. This file is written from \`packages/protocol/src/refusal-codes\` and compared with it by a test.

1xx form of bytes and what every statement is checked for · 2xx membership · 3xx evidence · 4xx registry · 49x engine · 5xx receipts and
trust · 6xx canonical text · 7xx commitments and genesis · 8xx governance
`

function page(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = refusalCodes.map(
    ({ number, code, en, zh }) => `| ${number} | \`${code}\` | ${cell(en)} | ${cell(zh)} |`,
  )
  return `${HEAD}\n| number | code | English | 中文 |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
}

if (process.env.UPDATE_VECTORS === '1') writeFileSync(path, page())

/** Without the padding that the formatter puts into table cells. */
const unpadded = (text: string) => text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---')

test('spec 6 is the table of the code', () => {
  assert.equal(unpadded(readFileSync(path, 'utf8')), unpadded(page()))
})
