/**
 * Restores a backup into a new home that never signs a height which the old one may have signed. A chain of its own goes on by handover:
 * a new chain whose genesis document names the old head, and the old chain is kept to be read. A member of a consortium comes back to
 * the same chain with a new validator key, and fetches the blocks from the others.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  chainIdOf,
  encodeGenesis,
  type GenesisDocument,
  genesisHash,
  type Handover,
  type Signer,
  type Suite,
} from '@meridian/protocol'
import { loadStandardsSet } from '@meridian/standards'
import { type ErasureEntry, openVault, type RewrapReport } from '@meridian/vault'
import { OutsideFailure } from '../command-line/command.ts'
import { type Configuration, readConfiguration } from '../home/configuration.ts'
import { type Home, homeAt, makeFolders } from '../home/home.ts'
import { createKeyFile, hasKeyFile, openKeyFile } from '../home/key-file.ts'
import { readPassphrase } from '../home/passphrase.ts'
import { openKeys } from '../wiring/open-keys.ts'
import { blobsOf, databaseOf } from '../wiring/open-node.ts'
import { readGenesis } from '../wiring/read-genesis.ts'
import { earlierChainsDir, openChain } from './earlier-chains.ts'
import { writeErasureList } from './erasure-list.ts'

/** What a restore is made from: an unpacked backup, the kept keys, the list of erasures as it stands now. */
export interface RestoreParts {
  readonly folder: string
  readonly keys: string
  readonly erasures: readonly ErasureEntry[]
  readonly environment: NodeJS.ProcessEnv
  readonly suite: Suite
  readonly now: Date
}

/** What became of it. Numbers of blocks and of versions. */
export interface Restored {
  readonly chainId: string
  /** Undefined when the old chain had no block. */
  readonly handover: Handover | undefined
  readonly erasedAgain: number
  /** What a member of a consortium has to do next: its validator key is new, and so is its node's when the old one was not kept. */
  readonly member?: { readonly hasNewNodeKey: boolean }
}

/** The old keys that are taken along; the validator's never is: what it signed last is not in a backup. */
const takenAlong = [
  'keyring.json',
  'statement.json',
  'receipt.json',
  'node.json',
  'former.json',
  'passphrase',
]

/**
 * Fills the home, which must not be there; `meridian.json` comes last, so a restore that was cut short is no home. Throws
 * OutsideFailure for keys that do not open, EngineFailure and VaultFailure.
 */
export async function restoreHome(home: Home, parts: RestoreParts): Promise<Restored> {
  const { folder, suite } = parts
  makeFolders(home)
  for (const name of readdirSync(parts.keys))
    if (takenAlong.includes(name)) cpSync(join(parts.keys, name), join(home.keys, name))
  for (const name of ['chains', 'vault', 'blobs', 'mappings', 'standards'])
    copyIfThere(join(folder, name), join(home.dir, name))
  const passphrase = readPassphrase(home, parts.environment)
  const signers = {
    statement: openKeyFile(home, 'statement', passphrase),
    receipt: openKeyFile(home, 'receipt', passphrase),
    validator: createKeyFile(home, 'validator', passphrase),
  }
  const isMember = configurationIn(home, parts).engine === 'cometbft'
  const hasNewNodeKey = isMember && !hasKeyFile(home, 'node')
  if (hasNewNodeKey) createKeyFile(home, 'node', passphrase)
  const genesis = isMember ? genesisIn(home, parts).genesis : await nextGenesis(home, parts, signers)
  writeFileSync(home.genesis, encodeGenesis(genesis), { flag: 'wx' })
  const erasedAgain = await replayErasures(home, parts, genesis, passphrase)
  cpSync(join(folder, 'meridian.json'), home.configuration, { errorOnExist: true, force: false })
  return {
    chainId: chainIdOf(genesis.chainName, genesisHash(suite, genesis)),
    handover: isMember ? undefined : genesis.handover,
    erasedAgain,
    ...(isMember ? { member: { hasNewNodeKey } } : {}),
  }
}

/** The configuration and the genesis document of the backup. */
function configurationIn(home: Home, { folder, environment }: RestoreParts): Configuration {
  return readConfiguration({ ...home, configuration: join(folder, 'meridian.json') }, environment)
}

function genesisIn(home: Home, { folder, suite }: RestoreParts): ReturnType<typeof readGenesis> {
  return readGenesis({ ...home, genesis: join(folder, 'genesis.json') }, suite)
}

async function nextGenesis(
  home: Home,
  parts: RestoreParts,
  { statement, receipt, validator }: Readonly<Record<'statement' | 'receipt' | 'validator', Signer>>,
): Promise<GenesisDocument> {
  const { suite, now } = parts
  const { genesis: old, genesisHash: hash } = genesisIn(home, parts)
  const directory = join(earlierChainsDir(home), chainIdOf(old.chainName, hash))
  const chain = await openChain(directory, suite, old)
  const { handover, height } = chain
  const headTime = chain.block(height)?.header.time ?? 0n
  await chain.close()
  if (handover === undefined) rmSync(directory, { recursive: true })
  // Time goes on from the old head, even where this machine's clock is behind.
  const seconds = Math.max(Math.floor(now.getTime() / 1000), Number(headTime / 1_000_000_000n) + 1)
  const { handover: _before, ...rest } = old
  return {
    ...rest,
    genesisTime: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`,
    organisations: old.organisations.map((organisation) => ({
      ...organisation,
      keys: [
        { purpose: 'statement', publicKey: statement.publicKey },
        { purpose: 'receipt', publicKey: receipt.publicKey },
      ],
    })),
    validators: old.validators.map(({ organisation, power }) => ({
      organisation,
      publicKey: validator.publicKey,
      power,
    })),
    ...(handover === undefined ? {} : { handover }),
  }
}

/** Before anything is served: what was erased after the backup is erased again. Gives the number of versions. */
async function replayErasures(
  home: Home,
  parts: RestoreParts,
  genesis: GenesisDocument,
  passphrase: string,
): Promise<number> {
  const { erasures, suite } = parts
  const configuration = configurationIn(home, parts)
  const { keyring } = await openKeys(home, passphrase)
  const vault = await openVault({
    database: databaseOf(home, configuration),
    organisationId: configuration.organisation.id,
    keyring,
    genesisHash: genesisHash(suite, genesis),
    standardsSetHash: loadStandardsSet(suite).hash,
    suite,
    clock: { now: () => new Date() },
    blobs: blobsOf(home, configuration),
  })
  try {
    refuseOtherKeys(await vault.rewrap(), parts.keys)
    const { versions } = await vault.erase.replay(erasures)
    writeErasureList(home, await vault.erase.erasureList())
    return versions
  } finally {
    await vault.close()
  }
}

/** A backup from before a new wrapping key opens with the keys of then; with others every record would be lost without a word. */
function refuseOtherKeys({ keys, unknown }: RewrapReport, folder: string): void {
  if (keys === 0 || unknown < keys) return
  throw new OutsideFailure({
    zh: `${folder} 中的密钥打不开此备份中的任何记录：备份早于最近一次更换封装密钥。请使用当时的 keys/ 副本。`,
    en: `The keys in ${folder} open no record of this backup: it was made before the wrapping key was replaced. Use the copy of keys/ from that time.`,
  })
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true })
}

/** True when nothing is at `dir` yet, or an empty folder. */
export function isFree(dir: string): boolean {
  return !existsSync(dir) || readdirSync(dir).length === 0
}

/** A folder beside the new home to unpack in, so that the same disk holds both. */
export function unpackingFolder(home: Home): string {
  const folder = `${home.dir}.restoring-${process.pid}`
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** The home that is being filled, under another name until it is whole. */
export function homeInTheMaking(home: Home): Home {
  return homeAt(`${home.dir}.half-${process.pid}`)
}
