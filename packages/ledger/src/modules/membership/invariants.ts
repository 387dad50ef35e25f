/** What must hold of membership after every block. */
import { toHex } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { coreMembers, nodeHolders, organisations, registeredKeys, validatorKeys } from './queries.ts'
import type { Organisation, RegisteredKey } from './state.ts'

interface Everything {
  readonly members: ReadonlyMap<string, Organisation>
  readonly keys: readonly { readonly keyId: Uint8Array; readonly key: RegisteredKey }[]
}

/** Names of the invariants that do not hold. Cost: the whole module. */
export function brokenInvariants(view: StateView): readonly string[] {
  const all = { members: organisations(view), keys: registeredKeys(view) }
  return [...brokenKeys(all), ...brokenMembers(all), ...brokenLists(view, all)]
}

function brokenKeys({ members, keys }: Everything): readonly string[] {
  const broken: string[] = []
  for (const { key } of keys) {
    const ended = key.revokedHeight !== undefined
    if (!members.has(key.organisation)) broken.push('every key belongs to an organisation')
    if (ended !== (key.reason !== '')) broken.push('a key has a reason exactly when it has ended')
    if ((key.revokedHeight ?? key.registeredHeight) < key.registeredHeight) {
      broken.push('no key ends before it is registered')
    }
  }
  return broken
}

const counts = (key: RegisteredKey, organisation: string, purpose: string): boolean =>
  key.organisation === organisation && key.purpose === purpose && key.revokedHeight === undefined

function brokenMembers({ members, keys }: Everything): readonly string[] {
  const broken: string[] = []
  for (const [id, member] of members) {
    const signing = keys.filter(({ key }) => counts(key, id, 'statement')).length
    const validating = keys.filter(({ key }) => counts(key, id, 'validator')).length
    const isOver = member.status === 'exited' || member.status === 'disqualified'
    if (signing !== member.activeSigningKeys) broken.push('the number of signing keys is counted rightly')
    if (isOver !== (signing === 0)) broken.push('who is in has a signing key, who is out has none')
    if (validating > 1) broken.push('an organisation has at most one validator key')
  }
  return broken
}

/** The lists beside the truth say what it says. */
function brokenLists(view: StateView, { members, keys }: Everything): readonly string[] {
  const core = [...members]
    .filter(([, { status, memberClass }]) => status === 'active' && memberClass === 'core')
    .map(([id]) => id)
  const validating = keys.filter(({ key }) => counts(key, key.organisation, 'validator'))
  const nodes = [...members].flatMap(([id, { endpoints }]) =>
    endpoints.nodes.map(({ nodeId }) => `${toHex(nodeId)} ${id}`),
  )
  const lists: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['the list of core members is right', coreMembers(view), core],
    [
      'the list of validator keys is right',
      validatorKeys(view),
      validating.map(({ keyId, key }) => `${key.organisation} ${toHex(keyId)}`),
    ],
    ['the list of nodes is right', nodeHolders(view), nodes],
  ]
  return [
    ...lists.filter(([, listed, wanted]) => !areSame(listed, wanted)).map(([name]) => name),
    ...(core.length === 0 ? ['there is a core member'] : []),
  ]
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join() === b.toSorted().join()
}
