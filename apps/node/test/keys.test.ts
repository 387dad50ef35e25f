/** Signing keys rotated and revoked on the ledger, and what that means for receipts. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { leafHash, publicKeyToPem, signCoseReceipt, toHex, treeRoot } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { homeAt } from '../src/home/home.ts'
import { openKeyFile } from '../src/home/key-file.ts'
import type { ListedKey } from '../src/operations/keys.ts'
import { environment, opened, type RunningHome, runningHome } from './running-home.ts'

interface Cose {
  readonly cose: string
  readonly leaf: string
  readonly key: string
}

/** The few things that the tests ask about keys. */
function keysOf({ ask }: RunningHome) {
  const list = async () =>
    (await ask<{ items: readonly ListedKey[] }>('keys', {})).result?.items ?? assert.fail('no list')
  return {
    list,
    current: async (purpose: string) =>
      (await list()).find((key) => key.purpose === purpose && key.isCurrent)?.keyId ?? '',
    revoke: (keyId: string) => ask('keys', { revoke: { keyId, reason: 'compromised' } }),
    cose: async (id: string) => (await ask<Cose>('cose-receipt', { id })).result ?? assert.fail('no receipt'),
    check: (cose: Cose) => ask('cose-check', cose),
  }
}

test('a key is rotated with a command while the node runs; what the old one signed stays good', async (t) => {
  const running = await runningHome(t)
  const { at, run, take, stop } = running
  const { list, current, check, cose } = keysOf(running)
  const id = await take('p1')
  assert.equal((await run('receipt', id, '--format', 'cose', '-o', at('first.cose'))).code, 0)
  assert.equal((await run('receipt', id, '-o', at('first.json'))).code, 0)
  assert.equal((await run('trust', '-o', at('trust.json'))).code, 0)
  const before = await cose(id)
  for (const purpose of ['receipt', 'statement']) {
    const old = await current(purpose)
    const { code, log } = await run('keys', 'rotate', '--purpose', purpose)
    assert.equal(code, 0, log)
    assert.notEqual(await current(purpose), old)
    assert.equal((await list()).find((key) => key.keyId === old)?.reason, 'rotated')
  }
  await take('p2')
  assert.ok((await check(before)).result)
  assert.notEqual((await cose(id)).key, before.key)
  await stop()
  assert.equal((await run('verify', at('first.cose'))).code, 0)
  assert.equal((await run('verify', at('first.cose'), '--ask-ledger')).code, 0)
  assert.equal((await run('verify', at('first.json'), '--trust', at('trust.json'))).code, 0)
  assert.equal((await run('chain', 'verify')).code, 0)
  assert.equal((await run('vault', 'verify')).code, 0)
})

test('a revoked receipt key signs no more until another is registered; what it signed before stays good', async (t) => {
  const running = await runningHome(t)
  const { ask, take } = running
  const { current, revoke, cose, check } = keysOf(running)
  const id = await take('p1')
  const before = await cose(id)
  const revoked = await current('receipt')
  assert.ok((await revoke(revoked.slice(0, 12))).result)
  assert.equal((await ask('cose-receipt', { id })).refused?.code, 'receipt-key-ended')
  assert.ok((await check(before)).result)
  assert.equal((await revoke(revoked)).refused?.code, 'membership.key-revoked')
  assert.ok((await ask('keys', { rotate: 'receipt' })).result)
  assert.ok((await check(await cose(id))).result)
})

test('the last signing key cannot be revoked, and a key that nobody knows is named', async (t) => {
  const running = await runningHome(t)
  const { current, revoke } = keysOf(running)
  assert.equal((await revoke(await current('statement'))).refused?.code, 'membership.last-key')
  assert.equal((await revoke('ffffffffffff')).refused?.code, 'keys-unknown')
  assert.equal((await revoke('')).refused?.code, 'keys-unknown')
})

test('a thief of a revoked receipt key convinces nobody who asks the ledger', async (t) => {
  const running = await runningHome(t)
  const { home, at, run, take, stop } = running
  await take('p1')
  const stolen = openKeyFile(homeAt(home), 'receipt', environment.MERIDIAN_PASSPHRASE)
  assert.ok((await keysOf(running).revoke(toHex(stolen.keyId))).result)
  await take('p2')
  await stop()
  await forge(running, stolen)
  const verdict = async (name: string) => {
    const { code, out } = await run('verify', at(`${name}.cose`), '--ask-ledger')
    assert.equal(code, 1)
    return JSON.parse(out).refused.code
  }
  assert.equal((await run('verify', at('after.cose'))).code, 0)
  assert.equal(await verdict('after'), 'cose-key-ended')
  assert.equal(await verdict('invented'), 'cose-unknown-root')
  assert.equal(await verdict('elsewhere'), 'cose-unknown-chain')
})

/** Receipts by a stolen key: of a true root after the key had ended, of a root that never was, and for another chain. */
async function forge({ home, at }: RunningHome, stolen: ReturnType<typeof openKeyFile>): Promise<void> {
  const { chainId, block, state, leaf, path } = await opened(home, async ({ engine }) => {
    const { height } = engine.status()
    const [block, state] = [engine.block(height), engine.block(height - 1n)?.state]
    const heights = Array.from({ length: Number(height) }, (_, i) => BigInt(i + 1))
    const [leaf] = heights.flatMap((one) => engine.block(one)?.statements ?? [])
    assert.ok(block && state && leaf)
    return { chainId: engine.chainId, block, state, leaf, path: engine.logInclusion(0, state.logSize) }
  })
  const timeSeconds = Number(block.header.time / 1_000_000_000n)
  const write = (name: string, claims: { chainId: string; timeSeconds: number }, parts: Forged) => {
    const cose = signCoseReceipt({ issuer: 'demo-hospital', ...claims }, parts.place, parts.root, stolen)
    writeFileSync(at(`${name}.cose`), cose)
    writeFileSync(at(`${name}.leaf`), toHex(parts.leaf))
    writeFileSync(at(`${name}.key.pem`), publicKeyToPem(stolen.publicKey))
  }
  const place = { index: 0, size: state.logSize, path }
  write('after', { chainId, timeSeconds }, { leaf, place, root: state.logRoot })
  const lie = new TextEncoder().encode('a statement that never was')
  const root = treeRoot(nodeSuite, [leafHash(nodeSuite, lie)])
  const alone = { leaf: lie, place: { index: 0, size: 1, path: [] }, root }
  write('invented', { chainId, timeSeconds: timeSeconds - 1 }, alone)
  write('elsewhere', { chainId: 'other-0000000000000000', timeSeconds }, alone)
}

interface Forged {
  readonly leaf: Uint8Array
  readonly place: { readonly index: number; readonly size: number; readonly path: readonly Uint8Array[] }
  readonly root: Uint8Array
}
