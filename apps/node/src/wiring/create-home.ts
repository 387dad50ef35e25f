/** Sets up a new home: folders, configuration, keys, keyring and the genesis document of a chain of one organisation. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeGenesis, type GenesisDocument } from '@meridian/protocol'
import { createKeyring } from '@meridian/vault'
import { type Configuration, writeConfiguration } from '../home/configuration.ts'
import { type Home, isHome, makeFolders, unwritable } from '../home/home.ts'
import { createKeyFile } from '../home/key-file.ts'
import { choosePassphrase } from '../home/passphrase.ts'

/** Where the keyring lies in a home. */
export const keyringFile = (home: Home) => join(home.keys, 'keyring.json')

/**
 * Makes a home at once or not at all: the configuration is written last, and a half-made home is cleared away and made anew.
 * `now` is the genesis time. @throws OutsideFailure when the disk says no.
 */
export async function createHome(
  home: Home,
  configuration: Configuration,
  { environment, now }: { environment: NodeJS.ProcessEnv; now: Date },
): Promise<void> {
  if (isHome(home)) return
  try {
    clearHalfMade(home)
    makeFolders(home)
    const passphrase = choosePassphrase(home, environment)
    await createKeyring(keyringFile(home), passphrase)
    const statementKey = createKeyFile(home, 'statement', passphrase)
    const receiptKey = createKeyFile(home, 'receipt', passphrase)
    const validatorKey = createKeyFile(home, 'validator', passphrase)
    const genesis: GenesisDocument = {
      chainName: chainNameOf(configuration.organisation.id),
      genesisTime: `${now.toISOString().slice(0, 19)}Z`,
      parameters: {},
      organisations: [
        {
          ...configuration.organisation,
          keys: [
            { purpose: 'statement', publicKey: statementKey.publicKey },
            { purpose: 'receipt', publicKey: receiptKey.publicKey },
          ],
        },
      ],
      validators: [
        { organisation: configuration.organisation.id, publicKey: validatorKey.publicKey, power: 1n },
      ],
    }
    writeFileSync(home.genesis, encodeGenesis(genesis), { flag: 'wx' })
    writeConfiguration(home, configuration)
  } catch (cause) {
    if ((cause as { code?: string }).code === undefined) throw cause
    throw unwritable(home, cause)
  }
}

/** A home without configuration was never used: what a crash left of it holds no record. */
function clearHalfMade(home: Home): void {
  for (const path of [home.keys, home.genesis]) if (existsSync(path)) rmSync(path, { recursive: true })
}

const chainNameOf = (organisationId: string) => organisationId.replace(/^[^a-z]+/, '').slice(0, 32) || 'chain'
