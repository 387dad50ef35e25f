/** A stop in the middle of a rotation: whenever it comes, the next start leaves one key in force, on the disk and on the ledger. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRefusal, toHex } from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'
import { homeAt } from '../src/home/home.ts'
import { createNextKey, openKeyFile } from '../src/home/key-file.ts'
import { newKeyStatement } from '../src/keys/key-statement.ts'
import type { Node } from '../src/wiring/node.ts'
import { environment, opened, runningHome } from './running-home.ts'

const receiptKeyOf = (node: Node) => toHex(node.keys.current.receipt.keyId)

/** A next key kept on the disk, its statement not submitted: a stop between the two. */
async function keepNext(node: Node, oldKeyId: Uint8Array) {
  const identity = {
    suite: nodeSuite,
    signer: node.keys.current.statement,
    organisation: node.configuration.organisation.id,
    genesisHash: node.genesisHash,
    newUniqueId: () => randomBytes(16),
  }
  const signing = { identity, blockTimeSeconds: await node.ledger.blockTimeSeconds() }
  return createNextKey(node.home, 'receipt', environment.MERIDIAN_PASSPHRASE, (next) =>
    newKeyStatement(signing, 'receipt', next, oldKeyId),
  )
}

test('before the statement is submitted, after a block has it, and between the two files', async (t) => {
  const { home, stop } = await runningHome(t)
  await stop()
  const nextFile = join(home, 'keys', 'receipt.next.json')
  const first = await opened(home, (node) => keepNext(node, node.keys.current.receipt.keyId))
  const second = await opened(home, async (node) => {
    assert.equal(receiptKeyOf(node), toHex(first.signer.keyId))
    assert.ok(!existsSync(nextFile))
    const kept = await keepNext(node, node.keys.current.receipt.keyId)
    assert.ok(!isRefusal(await node.ledger.submit(kept.statement)))
    cpSync(nextFile, join(home, 'copy'))
    return kept
  })
  await opened(home, async (node) => assert.equal(receiptKeyOf(node), toHex(second.signer.keyId)))
  cpSync(join(home, 'copy'), nextFile)
  await opened(home, async (node) => assert.equal(receiptKeyOf(node), toHex(second.signer.keyId)))
  assert.ok(!existsSync(nextFile))
  assert.equal(JSON.parse(readFileSync(join(home, 'keys', 'former.json'), 'utf8')).length, 2)
  const onDisk = openKeyFile(homeAt(home), 'receipt', environment.MERIDIAN_PASSPHRASE)
  assert.deepEqual(onDisk.keyId, second.signer.keyId)
})

test('with a statement that the ledger refuses the old key stays, and another rotation goes through', async (t) => {
  const { home, stop } = await runningHome(t)
  await stop()
  const before = await opened(home, async (node) => {
    await keepNext(node, createSigner(randomBytes(32)).keyId)
    return receiptKeyOf(node)
  })
  await opened(home, async (node) => {
    assert.equal(receiptKeyOf(node), before)
    assert.ok(!existsSync(join(home, 'keys', 'receipt.next.json')))
    assert.ok(!isRefusal(await node.keys.replace('receipt')))
  })
})
