/** Every call sequence of the published ABCI grammar, with processes that die in it, through a real socket. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { nodeLife } from './fixtures/call-grammar.ts'
import {
  createKeyValueApplication,
  type KeyValueDisk,
  type KeyValueState,
  SNAPSHOT_EVERY,
} from './fixtures/key-value-application.ts'
import { liveWith, type Simulation } from './fixtures/simulated-comet.ts'
import type { FinalizeBlockRequest } from './messages/consensus.ts'

const folder = mkdtempSync(join(tmpdir(), 'abci-grammar-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function memoryDisk(): KeyValueDisk {
  let kept: KeyValueState | undefined
  return {
    read: () => kept,
    write: (state) => {
      kept = state
    },
  }
}

/** A snapshot as an older node of the same chain made it. */
async function olderSnapshot(): Promise<Simulation['snapshot']> {
  const older = createKeyValueApplication(memoryDisk())
  for (let height = 1; height <= SNAPSHOT_EVERY; height++) {
    const txs = [Buffer.from(`old-${height}=${'x'.repeat(20)}`)]
    await older.finalizeBlock({ height: BigInt(height), txs } as unknown as FinalizeBlockRequest)
    await older.commit()
  }
  const about = (await older.listSnapshots()).snapshots[0]
  assert.ok(about !== undefined && about.chunks > 1)
  const chunks: Uint8Array[] = []
  for (let chunk = 0; chunk < about.chunks; chunk++)
    chunks.push((await older.loadSnapshotChunk({ height: about.height, format: about.format, chunk })).chunk)
  return { about, chunks, state: JSON.parse(Buffer.concat(chunks).toString()) as KeyValueState }
}

test('whatever CometBFT calls and wherever the process dies, each block is applied once and every answer is right', async () => {
  const snapshot = await olderSnapshot()
  let lives = 0
  let deaths = 0
  const property = fc.asyncProperty(nodeLife, async (life) => {
    const disk = memoryDisk()
    const lived = await liveWith({
      life,
      snapshot,
      node: {
        socketPath: join(folder, `${lives++}.sock`),
        openApplication: () => createKeyValueApplication(disk),
      },
    })
    deaths += lived.deaths
    assert.deepEqual(disk.read(), lived.state)
  })
  await fc.assert(property, { numRuns: 150 })
  assert.ok(deaths > 100, `${deaths} deaths in ${lives} lives`)
})
