/** The founding members and their keys, as the genesis document names them. */
import { equalBytes, type GenesisDocument, type GenesisOrganisation } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { WritableView } from '../../state-view.ts'
import { addKey } from './key-claim.ts'
import { writeOrganisation } from './state.ts'

/**
 * Writes organisations and keys at height 0. Genesis keys carry no proof of possession: whoever pins the genesis has
 * agreed to them. Throws when the document names an organisation or a key twice, a key that cannot be registered, or an
 * organisation without a signing key: such a chain must not start.
 */
export function initialise(view: WritableView, genesis: GenesisDocument, context: Context): void {
  refuseRepeats(genesis)
  for (const organisation of genesis.organisations) {
    const activeSigningKeys = organisation.keys.filter((key) => key.purpose === 'statement').length
    if (activeSigningKeys === 0) throw new RangeError(`genesis: ${organisation.id} has no signing key`)
    writeOrganisation(view, organisation.id, {
      kind: organisation.kind,
      nameZh: organisation.names.zh,
      nameEn: organisation.names.en,
      status: 'active',
      activeSigningKeys,
    })
    addGenesisKeys(view, organisation, context)
  }
}

function addGenesisKeys(view: WritableView, organisation: GenesisOrganisation, context: Context): void {
  for (const { purpose, publicKey } of organisation.keys) {
    if (!context.suite.isAcceptableKey(publicKey)) {
      throw new RangeError(`genesis: ${organisation.id} has a key that cannot be registered`)
    }
    addKey(view, { organisation: organisation.id, purpose, publicKey }, context)
  }
}

function refuseRepeats(genesis: GenesisDocument): void {
  const ids = genesis.organisations.map((organisation) => organisation.id)
  const keys = genesis.organisations.flatMap((organisation) => organisation.keys)
  const isRepeated = (key: Uint8Array, i: number): boolean =>
    keys.findIndex((other) => equalBytes(other.publicKey, key)) < i
  if (new Set(ids).size < ids.length) throw new RangeError('genesis: an organisation stands there twice')
  if (keys.some((key, i) => isRepeated(key.publicKey, i))) {
    throw new RangeError('genesis: a key stands there twice')
  }
}
