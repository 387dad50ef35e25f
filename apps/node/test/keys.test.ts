/** The organisation's keys: rotated, revoked, wrapped anew and under a new passphrase, with stops at every moment in between. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import {
  fromHex,
  isRefusal,
  leafHash,
  publicKeyToPem,
  signCoseReceipt,
  toHex,
  treeRoot,
} from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'
import { homeAt } from '../src/home/home.ts'
import { createNextKey, openKeyFile, promoteNextKey } from '../src/home/key-file.ts'
import { newKeyStatement } from '../src/keys/key-statement.ts'
import type { ListedKey } from '../src/operations/keys.ts'
import type { Node } from '../src/wiring/node.ts'
import { openNode } from '../src/wiring/open-node.ts'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const environment = { MERIDIAN_PASSPHRASE: 'only for these tests' }

const patient = (id: string) =>
  JSON.stringify({ resourceType: 'Patient', id, name: [{ text: '张三' }], birthDate: '1980-01-01' })

/** A home whose node runs until `stop`; commands go through its control door, or open the home themselves once it has stopped. */
async function newHome(t: TestContext, env: NodeJS.ProcessEnv = environment) {
  const folder = folderFor(t)
  const home = join(folder, 'home')
  const node = startMeridian(['start', '--home', home, '--empty', '--port', '0'], env)
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  const stop = async () => {
    node.kill('SIGTERM')
    assert.equal((await node.finished).code, 0)
  }
  const run = async (...args: string[]) => meridian([...args, '--home', home, '--json'], env)
  const at = (name: string) => join(folder, name)
  const take = async (id: string) => {
    writeFileSync(at(`${id}.json`), patient(id))
    const { code, out, log } = await run('intake', at(`${id}.json`))
    assert.equal(code, 0, log)
    assert.ok((JSON.parse(out) as { anchored: number }).anchored >= 1)
    const items = (JSON.parse((await run('records')).out) as { items: { id: string }[] }).items
    return items.map((item) => item.id)
  }
  return { home, at, run, take, stop }
}

async function opened<T>(dir: string, work: (node: Node) => Promise<T>): Promise<T> {
  const node = await openNode(homeAt(dir), { environment, log: () => undefined })
  try {
    return await work(node)
  } finally {
    await node.close()
  }
}

const currentOf = (node: Node, purpose: 'statement' | 'receipt') => toHex(node.keys.current[purpose].keyId)

const identityOf = (node: Node) => ({
  suite: nodeSuite,
  signer: node.keys.current.statement,
  organisation: node.configuration.organisation.id,
  genesisHash: node.genesisHash,
  newUniqueId: () => randomBytes(16),
})

/** A next key kept on the disk, its statement not submitted: a stop between the two. */
async function keepNext(node: Node, oldKeyId: Uint8Array) {
  const signing = { identity: identityOf(node), blockTimeSeconds: await node.ledger.blockTimeSeconds() }
  return createNextKey(node.home, 'receipt', environment.MERIDIAN_PASSPHRASE, (next) =>
    newKeyStatement(signing, 'receipt', next, oldKeyId),
  )
}

test('keys are rotated and revoked; what they signed before stays good, what a revoked one signs after is refused', async (t) => {
  const { at, run, take, stop } = await newHome(t)
  const [id = ''] = await take('p1')
  const cose = (name: string, ...more: string[]) =>
    run('receipt', id, '--format', 'cose', '-o', at(name), ...more)
  const list = async () => (JSON.parse((await run('keys')).out) as { items: readonly ListedKey[] }).items
  const current = async (purpose: string) =>
    (await list()).find((key) => key.purpose === purpose && key.isCurrent)?.keyId ?? ''
  assert.equal((await cose('first.cose')).code, 0)
  assert.equal((await run('receipt', id, '-o', at('first.json'))).code, 0)
  assert.equal((await run('trust', '-o', at('trust.json'))).code, 0)
  const founding = await current('receipt')

  for (const purpose of ['receipt', 'statement']) {
    const before = await current(purpose)
    const { code, log } = await run('keys', 'rotate', '--purpose', purpose)
    assert.equal(code, 0, log)
    assert.notEqual(await current(purpose), before)
    assert.equal((await list()).find((key) => key.keyId === before)?.reason, 'rotated')
  }
  await take('p2')
  for (const name of ['first.cose', 'first.cose --ask-ledger']) {
    const { code, log } = await run('verify', ...at(name).split(' '))
    assert.equal(code, 0, log)
  }
  assert.equal((await run('verify', at('first.json'), '--trust', at('trust.json'))).code, 0)

  assert.equal((await cose('second.cose')).code, 0)
  const revoked = await current('receipt')
  assert.equal((await run('keys', 'revoke', revoked.slice(0, 12), '--reason', 'compromised')).code, 0)
  const denied = await cose('third.cose')
  assert.equal(denied.code, 1)
  assert.equal(JSON.parse(denied.out).refused.code, 'receipt-key-ended')
  assert.equal((await run('verify', at('second.cose'), '--ask-ledger')).code, 0)

  const last = await run('keys', 'revoke', await current('statement'), '--reason', 'lost')
  assert.equal(JSON.parse(last.out).refused.code, 'membership.last-key')
  assert.equal((await run('keys', 'revoke', 'ffffffffffff', '--reason', 'lost')).code, 1)
  assert.equal((await run('keys', 'rotate', '--purpose', 'receipt')).code, 0)
  assert.equal((await cose('third.cose')).code, 0)
  assert.equal((await run('verify', at('third.cose'), '--ask-ledger')).code, 0)
  assert.ok((await list()).some((key) => key.keyId === founding && key.ended !== undefined))
  await stop()
  assert.equal((await run('chain', 'verify')).code, 0)
  assert.equal((await run('vault', 'verify')).code, 0)
})

test('a thief of a revoked receipt key convinces nobody who asks the ledger', async (t) => {
  const { home, at, run, take, stop } = await newHome(t)
  await take('p1')
  const stolen = openKeyFile(homeAt(home), 'receipt', environment.MERIDIAN_PASSPHRASE)
  assert.equal((await run('keys', 'revoke', toHex(stolen.keyId), '--reason', 'compromised')).code, 0)
  await take('p2')
  await stop()
  const write = (name: string, claims: { chainId: string; timeSeconds: number }, parts: Forged) => {
    const cose = signCoseReceipt({ issuer: 'demo-hospital', ...claims }, parts.place, parts.root, stolen)
    writeFileSync(at(`${name}.cose`), cose)
    writeFileSync(at(`${name}.leaf`), toHex(parts.leaf))
    cpSync(at('real.key.pem'), at(`${name}.key.pem`))
  }
  await opened(home, async (node) => {
    const { chainId, height } = node.engine.status()
    const block = node.engine.block(height)
    const state = node.engine.block(height - 1n)?.state
    const heights = Array.from({ length: Number(height) }, (_, i) => BigInt(i + 1))
    const [leaf] = heights.flatMap((one) => node.engine.block(one)?.statements ?? [])
    assert.ok(block && state && leaf)
    writeFileSync(at('real.key.pem'), publicKeyToPem(stolen.publicKey))
    const timeSeconds = Number(block.header.time / 1_000_000_000n)
    const path = node.engine.logInclusion(0, state.logSize)
    write(
      'after',
      { chainId, timeSeconds },
      { leaf, place: { index: 0, size: state.logSize, path }, root: state.logRoot },
    )
    const lie = new TextEncoder().encode('a statement that never was')
    const alone = {
      leaf: lie,
      place: { index: 0, size: 1, path: [] },
      root: treeRoot(nodeSuite, [leafHash(nodeSuite, lie)]),
    }
    write('invented', { chainId, timeSeconds: timeSeconds - 1 }, alone)
    write('elsewhere', { chainId: 'other-0000000000000000', timeSeconds }, alone)
  })
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

interface Forged {
  readonly leaf: Uint8Array
  readonly place: { readonly index: number; readonly size: number; readonly path: readonly Uint8Array[] }
  readonly root: Uint8Array
}

describe('a stop in the middle of a rotation', () => {
  test('before the statement is submitted: the next start submits it and the new key is in force', async (t) => {
    const { home, stop } = await newHome(t)
    await stop()
    const next = await opened(home, async (node) => keepNext(node, node.keys.current.receipt.keyId))
    await opened(home, async (node) => {
      assert.equal(currentOf(node, 'receipt'), toHex(next.signer.keyId))
      assert.ok(!existsSync(join(home, 'keys', 'receipt.next.json')))
    })
    const keys = homeAt(home)
    assert.deepEqual(openKeyFile(keys, 'receipt', environment.MERIDIAN_PASSPHRASE).keyId, next.signer.keyId)
  })

  test('after a block has it, and between the two files: the next start finishes the change', async (t) => {
    const { home, stop } = await newHome(t)
    await stop()
    const nextFile = join(home, 'keys', 'receipt.next.json')
    const next = await opened(home, async (node) => {
      const kept = await keepNext(node, node.keys.current.receipt.keyId)
      assert.ok(!isRefusal(await node.ledger.submit(kept.statement)))
      return kept
    })
    cpSync(nextFile, join(home, 'copy'))
    await opened(home, async (node) => assert.equal(currentOf(node, 'receipt'), toHex(next.signer.keyId)))
    renameSync(join(home, 'copy'), nextFile)
    await opened(home, async (node) => {
      assert.equal(currentOf(node, 'receipt'), toHex(next.signer.keyId))
      const former = JSON.parse(readFileSync(join(home, 'keys', 'former.json'), 'utf8'))
      assert.equal(former.length, 1)
    })
    promoteNextKey(homeAt(home), 'receipt')
  })

  test('with a statement that the ledger refuses: the old key stays and the next one is forgotten', async (t) => {
    const { home, stop } = await newHome(t)
    await stop()
    const stranger = createSigner(randomBytes(32))
    const before = await opened(home, async (node) => {
      await keepNext(node, stranger.keyId)
      return currentOf(node, 'receipt')
    })
    await opened(home, async (node) => {
      assert.equal(currentOf(node, 'receipt'), before)
      assert.ok(!existsSync(join(home, 'keys', 'receipt.next.json')))
      assert.ok(!isRefusal(await node.keys.replace('receipt')))
    })
  })

  test('of the statement key: a batch that the old key had signed is signed anew and anchored once', async (t) => {
    const { home, run, take, stop } = await newHome(t)
    await stop()
    await opened(home, async (node) => {
      await node.keys.replace('statement')
    })
    await take('p1')
    assert.equal((await run('vault', 'verify')).code, 0)
  })
})

describe('a new wrapping key', () => {
  test('wraps every data key anew; the old one is forgotten at the next start and opens nothing', async (t) => {
    const { home, run, take, stop } = await newHome(t)
    const [id = ''] = await take('p1')
    cpSync(join(home, 'keys'), join(home, 'old-keys'), { recursive: true })
    const rewrapped = await run('keys', 'rewrap')
    assert.equal(rewrapped.code, 0, rewrapped.log)
    const { keys, rewrapped: count, unknown } = JSON.parse(rewrapped.out).rewrapped
    assert.deepEqual([count, unknown], [keys, 0])
    assert.ok(keys >= 2)
    await take('p2')
    assert.equal(JSON.parse((await run('keys')).out).wrapping.isRewrapping, true)
    await stop()
    const { wrapping } = JSON.parse((await run('keys')).out)
    assert.equal(wrapping.isRewrapping, false)
    assert.equal((await run('export', id, '-o', join(home, 'out.json'))).code, 0)
    assert.equal((await run('vault', 'verify')).code, 0)
    cpSync(join(home, 'old-keys', 'keyring.json'), join(home, 'keys', 'keyring.json'))
    assert.equal((await run('vault', 'verify')).code, 1)
  })

  test('a backup from before opens with the keys of then and is refused with those of now', async (t) => {
    const { home, at, run, take, stop } = await newHome(t)
    await take('p1')
    cpSync(join(home, 'keys'), at('old-keys'), { recursive: true })
    assert.equal((await run('backup', '-o', at('backup.tar'))).code, 0)
    assert.equal((await run('keys', 'rewrap')).code, 0)
    await stop()
    assert.equal((await run('status')).code, 0)
    const restore = (keys: string, to: string) =>
      meridian(['restore', at('backup.tar'), '--keys', keys, '--home', at(to)], environment)
    const refused = await restore(join(home, 'keys'), 'restored')
    assert.equal(refused.code, 3, refused.log)
    assert.match(refused.log, /made before the wrapping key was replaced/)
    assert.equal((await restore(at('old-keys'), 'restored')).code, 0)
    assert.equal((await meridian(['vault', 'verify', '--home', at('restored')], environment)).code, 0)
  })

  test('a stop in the middle is finished by the next start', async (t) => {
    const { home, run, take, stop } = await newHome(t)
    await take('p1')
    await stop()
    await opened(home, async (node) => {
      const stopped = node.keys.rewrap(() => {
        throw new Error('stopped')
      })
      await assert.rejects(stopped, /stopped/)
      assert.equal(node.keys.wrapping().isRewrapping, true)
    })
    await opened(home, async (node) => assert.equal(node.keys.wrapping().isRewrapping, false))
    assert.equal((await run('vault', 'verify')).code, 0)
  })
})

describe('a new passphrase', () => {
  test('opens every key, the old one opens none, also when the change was cut short', async (t) => {
    const { home, take, stop } = await newHome(t)
    await take('p1')
    await stop()
    const keys = join(home, 'keys')
    cpSync(keys, join(home, 'before'), { recursive: true })
    const change = { ...environment, MERIDIAN_NEW_PASSPHRASE: 'quite another passphrase' }
    const changed = await meridian(['keys', 'passphrase', '--home', home], change)
    assert.equal(changed.code, 0, changed.log)
    assert.doesNotMatch(changed.out + changed.log, /quite another/)
    const status = (words: string) => meridian(['status', '--home', home], { MERIDIAN_PASSPHRASE: words })
    assert.equal((await status('quite another passphrase')).code, 0)
    assert.equal((await status(environment.MERIDIAN_PASSPHRASE)).code, 3)

    const after = join(home, 'after')
    cpSync(keys, after, { recursive: true })
    cpSync(join(home, 'before'), keys, { recursive: true })
    mkdirSync(join(keys, 'reseal'))
    const [first = '', ...rest] = readdirSync(after).sort()
    cpSync(join(after, first), join(keys, first))
    for (const name of rest) cpSync(join(after, name), join(keys, 'reseal', name))
    assert.equal((await status('quite another passphrase')).code, 0)
    assert.ok(!existsSync(join(keys, 'reseal')))
  })

  test('that is too short, or missing where none is kept, is refused and changes nothing', async (t) => {
    const { home, stop } = await newHome(t)
    await stop()
    const run = (more: NodeJS.ProcessEnv) =>
      meridian(['keys', 'passphrase', '--home', home, '--json'], { ...environment, ...more })
    assert.equal(JSON.parse((await run({})).out).refused.code, 'keys-passphrase-missing')
    const short = await run({ MERIDIAN_NEW_PASSPHRASE: 'short' })
    assert.equal(JSON.parse(short.out).refused.code, 'keys-passphrase-weak')
    assert.equal((await meridian(['status', '--home', home], environment)).code, 0)
  })

  test('of a home that keeps its own is made up and kept, also while the node runs; rotation goes on under it', async (t) => {
    const folder = folderFor(t)
    const home = join(folder, 'home')
    const env = { MERIDIAN_PASSPHRASE: '' }
    const node = startMeridian(['start', '--home', home, '--empty', '--port', '0'], env)
    t.after(() => node.kill('SIGKILL'))
    await node.said(/Ctrl-C ends it/)
    const before = readFileSync(join(home, 'keys', 'passphrase'), 'utf8')
    assert.equal((await meridian(['keys', 'passphrase', '--home', home], env)).code, 0)
    assert.notEqual(readFileSync(join(home, 'keys', 'passphrase'), 'utf8'), before)
    assert.equal((await meridian(['keys', 'rotate', '--purpose', 'statement', '--home', home], env)).code, 0)
    assert.equal((await meridian(['keys', 'rewrap', '--home', home], env)).code, 0)
    node.kill('SIGTERM')
    assert.equal((await node.finished).code, 0)
    const status = await meridian(['keys', '--home', home, '--json'], env)
    assert.equal(status.code, 0, status.log)
    assert.equal(JSON.parse(status.out).wrapping.isRewrapping, false)
    assert.ok(fromHex(JSON.parse(status.out).items[0].keyId))
  })
})
