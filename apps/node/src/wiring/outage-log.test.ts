// An outage is told once with what to do, and once when it is over.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOutageLog } from './outage-log.ts'

test('an outage is said once in both languages, and its end once', () => {
  const lines: string[] = []
  const outage = createOutageLog('corridor', (line) => lines.push(line))
  outage.back()
  for (let attempt = 0; attempt < 3; attempt += 1) outage.failed('disk-full')
  outage.back()
  outage.back()
  assert.equal(lines.length, 2)
  assert.match(lines[0] ?? '', /^corridor disk-full: .*Make room.*请腾出空间/)
  assert.match(lines[1] ?? '', /^corridor back/)
})

test('another failure during an outage is said too, and one that is not of the vault generally', () => {
  const lines: string[] = []
  const outage = createOutageLog('anchor', (line) => lines.push(line))
  outage.failed('disk-full')
  outage.failed('engine.storage')
  assert.equal(lines.length, 2)
  assert.match(lines[1] ?? '', /^anchor engine\.storage: .*meridian status.*自动重试/)
})
