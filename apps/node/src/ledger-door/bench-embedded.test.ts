/** The bench measures what it says it does; no figure is tested. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { benchEmbedded } from './bench-embedded.ts'

test('the bench orders every statement, on a chain that verifies afterwards', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'meridian-bench-'))
  try {
    const figures = await benchEmbedded({ directory, statements: 300, clients: 100 })
    assert.equal(figures.statements, 300)
    assert.ok(figures.verified)
    assert.ok(figures.perSecond > 0 && figures.p99Ms >= figures.p50Ms && figures.blocks > 0)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})
