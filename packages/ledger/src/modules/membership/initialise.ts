/** The founding members, their keys and the first validators, as the genesis document names them. */
import { type GenesisDocument, type GenesisOrganisation, NATION, toHex } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { WritableView } from '../../state-view.ts'
import { addKey, type NewKey } from './key-claim.ts'
import { writeNodes } from './life-cycle.ts'
import { type Organisation, writeOrganisation } from './state.ts'

/**
 * Writes organisations and keys at height 0. Genesis keys carry no proof of possession: whoever pins the genesis has
 * agreed to them. Throws when the document names an organisation, a key or a node twice, a key that cannot be registered,
 * an organisation without a signing key, a validator that is no core member, validators of unequal power, or nodes of some
 * validators and not of others, which would shut out the rest: such a chain must not start.
 */
export function initialise(view: WritableView, genesis: GenesisDocument, context: Context): void {
  refuseRepeats(genesis)
  refuseUnequal(genesis)
  refuseShutOut(genesis)
  for (const organisation of genesis.organisations) {
    const founder = founderOf(organisation, genesis)
    writeOrganisation(view, organisation.id, founder)
    writeNodes(view, organisation.id, undefined, founder.endpoints)
    for (const key of organisation.keys)
      addGenesisKey(view, { organisation: organisation.id, ...key }, context)
  }
  for (const { organisation, publicKey } of genesis.validators) {
    addGenesisKey(view, { organisation, purpose: 'validator', publicKey }, context)
  }
}

function founderOf(organisation: GenesisOrganisation, { validators }: GenesisDocument): Organisation {
  const { id, kind, names, keys } = organisation
  const activeSigningKeys = keys.filter((key) => key.purpose === 'statement').length
  if (activeSigningKeys === 0) throw new RangeError(`genesis: ${id} has no signing key`)
  const isValidator = validators.some((validator) => validator.organisation === id)
  const memberClass = organisation.memberClass ?? (isValidator ? 'core' : 'ordinary')
  if (isValidator && memberClass !== 'core') throw new RangeError(`genesis: ${id} validates and is not core`)
  return {
    status: 'active',
    memberClass,
    kind,
    nameZh: names.zh,
    nameEn: names.en,
    place: organisation.place ?? NATION,
    endpoints: organisation.endpoints ?? { door: '', nodes: [] },
    barredFromValidating: false,
    activeSigningKeys,
    sponsor: '',
    credentialsHash: undefined,
    statusHeight: 0n,
  }
}

function addGenesisKey(view: WritableView, key: Omit<NewKey, 'proof'>, context: Context): void {
  if (!context.suite.isAcceptableKey(key.publicKey)) {
    throw new RangeError(`genesis: ${key.organisation} has a key that cannot be registered`)
  }
  addKey(view, key, context)
}

function refuseRepeats({ organisations, validators }: GenesisDocument): void {
  const ids = organisations.map((organisation) => organisation.id)
  const keys = [...organisations.flatMap((organisation) => organisation.keys), ...validators]
  const nodes = organisations.flatMap((organisation) => organisation.endpoints?.nodes ?? [])
  if (isRepeated(ids)) throw new RangeError('genesis: an organisation stands there twice')
  if (isRepeated(keys.map(({ publicKey }) => toHex(publicKey)))) {
    throw new RangeError('genesis: a key stands there twice')
  }
  if (isRepeated(nodes.map(({ nodeId }) => toHex(nodeId)))) {
    throw new RangeError('genesis: a node stands there twice')
  }
}

const isRepeated = (names: readonly string[]): boolean => new Set(names).size < names.length

/** One organisation, one vote: also in the blocks. */
function refuseUnequal({ validators }: GenesisDocument): void {
  if (validators.some(({ power }) => power !== validators[0]?.power)) {
    throw new RangeError('genesis: the validators are not of equal power')
  }
}

function refuseShutOut({ organisations, validators }: GenesisDocument): void {
  const holders = new Set(validators.map(({ organisation }) => organisation))
  const named = organisations.filter(({ endpoints }) => (endpoints?.nodes.length ?? 0) > 0)
  const namedHolders = named.filter(({ id }) => holders.has(id))
  if (named.length > 0 && namedHolders.length < holders.size) {
    throw new RangeError('genesis: some founders name their nodes and some validators do not')
  }
}
