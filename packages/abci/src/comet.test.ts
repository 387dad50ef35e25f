/** The server under the real engine: blocks, crashes between calls, handshake and replay, state sync. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type CometNode, configure, createCometNode } from './fixtures/comet-node.ts'
import { findCometbft } from './fixtures/find-cometbft.ts'
import type { KeyValueState } from './fixtures/key-value-application.ts'

const found = await findCometbft()
const skip = 'missing' in found ? found.missing : false
const binary = 'path' in found ? found.path : ''

interface Application {
  readonly process: ChildProcess
  /** The calls so far, one line each. */
  readonly calls: string[]
}

/** For each process the moment when it has ended and all its output is read. */
const running = new Map<ChildProcess, Promise<unknown>>()
const folder = mkdtempSync(join(tmpdir(), 'abci-'))
after(() => {
  for (const child of running.keys()) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function keep(child: ChildProcess): ChildProcess {
  running.set(child, once(child, 'close'))
  return child
}

async function startApplication(name: string, crash = ''): Promise<Application> {
  const script = join(import.meta.dirname, 'fixtures', 'key-value-process.ts')
  const args = [script, join(folder, `${name}.sock`), join(folder, `${name}.json`), crash]
  const child = keep(spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }))
  const calls: string[] = []
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const [first] = await once(lines, 'line')
  assert.equal(first, 'listening')
  lines.on('line', (line) => calls.push(line))
  return { process: child, calls }
}

async function ended(child: ChildProcess): Promise<void> {
  await running.get(child)
}

/**
 * CometBFT ends by itself when its application is gone, but not always: a call queued in the moment the connection breaks is
 * never answered (`abci/client/socket_client.go`), and then even SIGTERM waits for ever. A supervisor must kill it too.
 */
async function engineEnded(child: ChildProcess): Promise<void> {
  const late = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended(child)
  clearTimeout(late)
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await ended(child)
}

const diskOf = (name: string) =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as KeyValueState

async function put(node: CometNode, key: string, value: string): Promise<number> {
  const result = await node.rpc('broadcast_tx_commit', { tx: `"${key}=${value}"` })
  assert.equal(result.tx_result.code, 0)
  return Number(result.height)
}

async function ask(node: CometNode, key: string): Promise<string> {
  const { response } = await node.rpc('abci_query', { data: `"${key}"` })
  assert.equal(response.code, 0)
  return Buffer.from(response.value, 'base64').toString()
}

describe('under the real engine', { skip, concurrency: false }, () => {
  let node: CometNode
  let application: Application
  let comet: ChildProcess

  async function restart(crash = ''): Promise<void> {
    application = await startApplication('first', crash)
    comet = keep(node.start())
  }

  test('a clean start asks Info, then InitChain, then makes blocks whose transactions are committed and found', async () => {
    node = await createCometNode(binary, join(folder, 'first-home'), `unix://${join(folder, 'first.sock')}`)
    await restart()
    await put(node, 'a', '1')
    await put(node, 'b', '2')
    assert.equal(await ask(node, 'b'), '2')
    assert.deepEqual(application.calls.slice(0, 4), ['info 0', 'initChain', 'finalizeBlock 1', 'commit 1'])
  })

  test('a transaction that CheckTx refuses enters no block', async () => {
    const { code } = await node.rpc('broadcast_tx_sync', { tx: '"nonsense"' })
    assert.equal(code, 1)
  })

  test('a killed application ends the engine; after both start again the handshake replays nothing that is stored', async () => {
    await kill(application.process)
    await engineEnded(comet)
    const { height } = diskOf('first')
    await restart()
    await put(node, 'c', '3')
    assert.deepEqual(application.calls.slice(0, 2), [`info ${height}`, `finalizeBlock ${height + 1}`])
    assert.deepEqual([await ask(node, 'a'), await ask(node, 'c')], ['1', '3'])
  })

  for (const place of ['finalizeBlock', 'commit', 'committed'] as const)
    test(`a crash in ${place} loses no transaction and applies none twice`, async () => {
      await kill(application.process)
      await engineEnded(comet)
      await restart(place)
      await put(node, 'before', place)
      // The node dies in this block, so nobody is told of it; that it is in the chain is looked up afterwards.
      await node.rpc('broadcast_tx_sync', { tx: `"crash=${place}"` })
      await ended(application.process)
      await engineEnded(comet)
      const at = Number(application.calls.findLast((call) => call.startsWith('finalizeBlock'))?.split(' ')[1])
      await restart()
      await put(node, 'next', place)
      const stored = place === 'committed'
      const replayed = stored ? [`info ${at}`] : [`info ${at - 1}`, `finalizeBlock ${at}`, `commit ${at}`]
      assert.deepEqual(application.calls.slice(0, replayed.length), replayed)
      assert.equal(application.calls.includes(`finalizeBlock ${at}`), !stored)
      assert.equal(application.calls.includes('initChain'), false)
      assert.equal(await ask(node, 'crash'), place)
    })

  test('a second node takes a snapshot from the first, chunk by chunk, and goes on from there', async () => {
    for (let i = 0; i < 10; i++) await put(node, `key-${i}`, 'x'.repeat(20))
    const { block, block_id } = await node.rpc('block', { height: '2' })
    const second = await createCometNode(
      binary,
      join(folder, 'second-home'),
      `unix://${join(folder, 'second.sock')}`,
    )
    copyFileSync(join(node.home, 'config', 'genesis.json'), join(second.home, 'config', 'genesis.json'))
    configure(second.home, [
      ['p2p', 'persistent_peers', `"${node.peerAddress}"`],
      ['statesync', 'enable', 'true'],
      ['statesync', 'rpc_servers', `"${node.rpcUrl},${node.rpcUrl}"`],
      ['statesync', 'trust_height', block.header.height],
      ['statesync', 'trust_hash', `"${block_id.hash}"`],
      ['statesync', 'trust_period', '"1h"'],
      ['statesync', 'discovery_time', '"5s"'],
    ])
    const synced = await startApplication('second')
    const engine = keep(second.start())
    await put(node, 'late', 'yes')
    while (diskOrNothing('second')?.pairs.late !== 'yes') await delay(100)
    const offered = synced.calls.findIndex((call) => call.startsWith('offerSnapshot'))
    assert.ok(offered >= 0 && synced.calls.includes('applySnapshotChunk 1'))
    assert.equal(synced.calls.includes('initChain'), false)
    assert.deepEqual(diskOf('second').pairs, diskOf('first').pairs)
    await kill(engine)
    await kill(comet)
  })

  function diskOrNothing(name: string): KeyValueState | undefined {
    try {
      return diskOf(name)
    } catch {
      return undefined
    }
  }
})
