/** Sets up a new home: folders, configuration, keys and keyring; and the genesis document of a chain of one organisation. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeGenesis, type GenesisDocument, type Signer } from '@meridian/protocol'
import { createKeyring } from '@meridian/vault'
import { type Configuration, writeConfiguration } from '../home/configuration.ts'
import { type Home, isHome, makeFolders, unwritable } from '../home/home.ts'
import { createKeyFile, type KeyName } from '../home/key-file.ts'
import { choosePassphrase } from '../home/passphrase.ts'

/** Where the keyring lies in a home. */
export const keyringFile = (home: Home) => join(home.keys, 'keyring.json')

/** What the process gives a new home. */
export interface CreateOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly now: Date
}

/**
 * A home with a chain of its own. At once or not at all: the configuration is written last, and a half-made home is cleared away and
 * made anew. `now` is the genesis time. @throws OutsideFailure when the disk says no.
 */
export async function createHome(
  home: Home,
  configuration: Configuration,
  options: CreateOptions,
): Promise<void> {
  await makeHome(home, configuration, options, (signers) => {
    const genesis = genesisOfOne(configuration.organisation, signers, options.now)
    writeFileSync(home.genesis, encodeGenesis(genesis), { flag: 'wx' })
  })
}

/** A home that has its keys and waits for the genesis document of a consortium. @throws OutsideFailure when the disk says no. */
export async function createMemberHome(
  home: Home,
  configuration: Configuration,
  options: CreateOptions,
): Promise<void> {
  await makeHome(home, configuration, options, (_signers, passphrase) => {
    createKeyFile(home, 'node', passphrase)
  })
}

type Signers = Readonly<Record<'statement' | 'receipt' | 'validator', Signer>>

async function makeHome(
  home: Home,
  configuration: Configuration,
  { environment }: CreateOptions,
  finish: (signers: Signers, passphrase: string) => void,
): Promise<void> {
  if (isHome(home)) return
  try {
    clearHalfMade(home)
    makeFolders(home)
    const passphrase = choosePassphrase(home, environment)
    await createKeyring(keyringFile(home), passphrase)
    const make = (name: KeyName): Signer => createKeyFile(home, name, passphrase)
    const signers = {
      statement: make('statement'),
      receipt: make('receipt'),
      validator: make('validator'),
    }
    finish(signers, passphrase)
    writeConfiguration(home, configuration)
  } catch (cause) {
    if ((cause as { code?: string }).code === undefined) throw cause
    throw unwritable(home, cause)
  }
}

function genesisOfOne(
  organisation: Configuration['organisation'],
  { statement, receipt, validator }: Signers,
  now: Date,
): GenesisDocument {
  return {
    chainName: chainNameOf(organisation.id),
    genesisTime: `${now.toISOString().slice(0, 19)}Z`,
    // Alone it is its only validator.
    parameters: { minValidators: 1 },
    organisations: [
      {
        ...organisation,
        keys: [
          { purpose: 'statement', publicKey: statement.publicKey },
          { purpose: 'receipt', publicKey: receipt.publicKey },
        ],
      },
    ],
    validators: [{ organisation: organisation.id, publicKey: validator.publicKey, power: 1n }],
  }
}

/** A home without configuration was never used: what a crash left of it holds no record. */
function clearHalfMade(home: Home): void {
  for (const path of [home.keys, home.genesis]) if (existsSync(path)) rmSync(path, { recursive: true })
}

const chainNameOf = (organisationId: string) => organisationId.replace(/^[^a-z]+/, '').slice(0, 32) || 'chain'
