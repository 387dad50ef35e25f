/** The home of CometBFT: what is written, what is written anew, and what is never made again. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { toHex } from '@meridian/protocol'
import { createSigner, nodeSuite as suite } from '@meridian/protocol/node'
import { chainConstantsOf } from '../../chain-constants.ts'
import { testGenesis } from '../../fixtures/sayings.ts'
import { COMET_DEFAULTS } from './config-toml.ts'
import { nodeIdOf } from './key-files.ts'
import { type CometHome, type HomeParts, writeHome } from './write-home.ts'

const constants = chainConstantsOf(suite, testGenesis)
const nodeSeed = new Uint8Array(32).fill(1)
const validatorSeed = new Uint8Array(32).fill(2)

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'meridian-home-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function write(changes: Partial<HomeParts> = {}): string {
  return open(changes).folder
}

function open(changes: Partial<HomeParts> = {}): CometHome {
  return writeHome({
    directory,
    suite,
    genesis: testGenesis,
    constants,
    keys: { nodeSeed, validatorSeed },
    executedHeight: 0n,
    config: {
      settings: COMET_DEFAULTS,
      addresses: { p2pListen: '0.0.0.0:26656', persistentPeers: ['ab@10.0.0.1:26656'] },
      proxyApp: 'unix:///tmp/app',
      rpcListen: 'unix:///tmp/rpc',
    },
    ...changes,
  })
}

function read(home: string, ...path: string[]): string {
  return readFileSync(join(home, ...path), 'utf8')
}

test('configuration: peers are filtered, RPC has no port, blocks are made only when there is work', () => {
  const config = read(write(), 'config', 'config.toml')
  for (const line of [
    'filter_peers = true',
    'laddr = "unix:///tmp/rpc"',
    'create_empty_blocks = false',
    'create_empty_blocks_interval = "600000ms"',
    'timeout_commit = "0s"',
    'type = "flood"',
    'persistent_peers = "ab@10.0.0.1:26656"',
    'prometheus = false',
  ]) {
    assert.ok(config.split('\n').includes(line), line)
  }
})

test('genesis: our chain id, our document by its hash, blocks of 512 KiB, evidence that fits in', () => {
  const genesis = JSON.parse(read(write(), 'config', 'genesis.json'))
  assert.equal(genesis.chain_id, constants.chainId)
  assert.deepEqual(genesis.app_state, { genesisHash: toHex(constants.genesisHash) })
  assert.equal(genesis.consensus_params.block.max_bytes, '524288')
  assert.ok(Number(genesis.consensus_params.evidence.max_bytes) <= 524_288)
})

test('keys: in the home only while CometBFT starts, readable by their owner only', () => {
  const home = open()
  const files = ['node_key.json', 'priv_validator_key.json']
  const paths = files.map((name) => join(home.folder, 'config', name))
  assert.ok(!paths.some((path) => existsSync(path)))
  home.writeKeys()
  for (const path of paths) assert.equal(statSync(path).mode & 0o777, 0o600)
  home.removeKeys()
  assert.ok(!paths.some((path) => existsSync(path)))
})

test('keys are ours in the form of Go, and the node id is the address of the node key', () => {
  const home = open()
  home.writeKeys()
  const { pub_key } = JSON.parse(read(home.folder, 'config', 'priv_validator_key.json'))
  assert.equal(pub_key.value, Buffer.from(createSigner(validatorSeed).publicKey).toString('base64'))
  const { priv_key } = JSON.parse(read(home.folder, 'config', 'node_key.json'))
  const publicKey = Buffer.from(priv_key.value, 'base64').subarray(32)
  assert.equal(nodeIdOf(suite, nodeSeed), toHex(suite.sha256(publicKey).subarray(0, 20)))
})

test('a node that does not vote starts with a key that is no validator', () => {
  const home = open({ keys: { nodeSeed } })
  home.writeKeys()
  const { pub_key } = JSON.parse(read(home.folder, 'config', 'priv_validator_key.json'))
  assert.notEqual(pub_key.value, Buffer.from(createSigner(validatorSeed).publicKey).toString('base64'))
})

test('what was signed last survives every start', () => {
  const path = join(write(), 'data', 'priv_validator_state.json')
  writeFileSync(path, '{"height":"7","round":0,"step":3}')
  write()
  assert.equal(readFileSync(path, 'utf8'), '{"height":"7","round":0,"step":3}')
})

test('a home that may have signed and has lost what it signed last does not start', () => {
  assert.throws(() => write({ executedHeight: 5n }), { code: 'engine.signing-state-missing' })
  const home = write()
  rmSync(join(home, 'data', 'priv_validator_state.json'))
  mkdirSync(join(home, 'data', 'blockstore.db'))
  assert.throws(() => write(), { code: 'engine.signing-state-missing' })
})

test('a home of another chain is refused', () => {
  write()
  const genesis = { ...testGenesis, chainName: 'other' }
  const other = { genesis, constants: chainConstantsOf(suite, genesis) }
  assert.throws(() => write(other), { code: 'engine.other-genesis' })
})
