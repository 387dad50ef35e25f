/** "Chemotherapy needs a drug dose": a change request from the command line to the version that brings it (S61, S62). */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { UsageError } from '../src/command-line/command.ts'
import { parseCall } from '../src/command-line/parse.ts'
import { registry } from '../src/commands/registry.ts'
import { defaultConfiguration } from '../src/home/configuration.ts'
import { homeAt } from '../src/home/home.ts'
import { OperationRefused } from '../src/operations/operation.ts'
import { registry as operation, type RegistryArgs } from '../src/operations/registry.ts'
import { sayOnLedger } from '../src/operations/say-on-ledger.ts'
import { createHome } from '../src/wiring/create-home.ts'
import { openNode } from '../src/wiring/open-node.ts'
import { folderFor } from './meridian-process.ts'

const environment = { MERIDIAN_PASSPHRASE: 'only for these tests' }

/** What the command line makes of the words, without a node. */
async function misread(...args: string[]): Promise<void> {
  const { words, options } = parseCall(registry, args)
  const { signal } = new AbortController()
  const nothing = () => undefined
  const call = { words, options, home: '', json: true, environment, out: nothing, log: nothing, signal }
  await assert.rejects(async () => registry.run(call), UsageError)
}

test('a request without a role, a stance or a file is a wrong call', async () => {
  await misread('request-change', 'a', '1.0.0')
  await misread('comment', '12345678', 'file', '--role', 'it')
  await misread('resolve', '12345678', 'corrected')
  await misread('nothing', 'a', 'b')
})

test('a request is asked, discussed and accepted, and its text stays outside the ledger', async (t) => {
  const folder = folderFor(t)
  const home = homeAt(join(folder, 'hospital'))
  await createHome(home, defaultConfiguration, { environment, now: new Date() })
  const id = 'meridian.data-set.chemotherapy'
  const hash = new Uint8Array(32)
  const node = await openNode(home, { environment, log: () => undefined })
  for (const version of ['1.0.0', '1.1.0']) {
    await sayOnLedger(node, 'register-artefact', {
      id,
      version,
      kind: 'data-set',
      layer: 'application',
      steward: 'hospital',
      jurisdiction: [],
      effective: { from: '2026-01-01', to: null },
      dependencies: [],
      implements: null,
      licence: { name: 'CC-BY-4.0', shared: true },
      contentHash: hash,
      vectorsHash: hash,
    })
  }
  t.after(() => node.close())
  const says = async (args: RegistryArgs) =>
    (await operation.run(node, args, () => undefined)) as { id: string; items: Record<string, unknown>[] }
  const refusal = (args: RegistryArgs, code: string) =>
    assert.rejects(says(args), (error) => error instanceof OperationRefused && error.code === code)
  const textHash = 'ab'.repeat(32)
  const { id: request } = await says({ request: { id, version: '1.0.0', role: 'clinical', textHash } })
  const first = request.slice(0, 8)
  await says({ comment: first, role: 'it', stance: 'support', commentHash: 'cd'.repeat(32) })
  assert.equal((await says({ read: 'requests', id })).items[0]?.status, 'in-discussion')
  await refusal({ accept: first, version: '9.0.0' }, 'registry.unknown-version')
  await says({ accept: first, version: '1.1.0' })
  assert.equal((await says({ read: 'requests' })).items[0]?.version, '1.1.0')
  await refusal({ withdraw: first }, 'registry.request-closed')
  await refusal({ withdraw: '00000000' }, 'registry-unknown')
  await refusal({ assign: '00000000', organisation: 'hospital' }, 'registry-unknown')
  assert.deepEqual((await says({ read: 'conflicts' })).items, [])
  assert.deepEqual((await says({ read: 'adoptions' })).items, [])
  assert.equal((await says({ read: 'artefacts' })).items.length, 2)
})
