/** What an open node can do with its keys: replace, revoke, wrap data keys anew, take a new passphrase; one thing at a time. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Engine } from '@meridian/engine'
import type { Refusal, RevokeReason, Signer, Suite } from '@meridian/protocol'
import { isRefusal, toHex } from '@meridian/protocol'
import type { RewrapReport, Vault } from '@meridian/vault'
import type { ReplaceableKey } from '../home/key-file.ts'
import { resealKeys } from '../home/reseal.ts'
import type { Keys } from '../wiring/open-keys.ts'
import { type KeeperParts, replaceKey, settleNextKeys } from './key-keeper.ts'
import { revokeStatement } from './key-statement.ts'
import { type RotatedValidator, rotateValidator, settleValidatorKey } from './rotate-validator.ts'

/** The keys of an open node. */
export interface NodeKeys {
  readonly current: Readonly<Record<ReplaceableKey, Signer>>
  /** 8-byte hex name of the wrapping key in force, and whether a former one is still kept beside it. */
  wrapping(): { readonly keyId: string; readonly isRewrapping: boolean }
  /** A new key of that purpose; a refusal changes nothing. */
  replace(purpose: ReplaceableKey): Promise<Signer | Refusal>
  /** The key that orders blocks for a core member: another one takes its place; a refusal changes nothing. */
  replaceValidator(): Promise<RotatedValidator | Refusal>
  /** Ends a key on the ledger. */
  revoke(keyId: Uint8Array, reason: RevokeReason): Promise<Refusal | undefined>
  /** A new wrapping key, and every data key under it. The former is forgotten at the next start, when nothing is under way. */
  rewrap(onProgress: (done: number) => void): Promise<RewrapReport>
  /** Seals every key file anew. Without `given` one is made up and kept in the home, if the old one was kept there. */
  newPassphrase(given: string | undefined): Promise<'kept-in-home' | 'yours' | 'missing' | 'weak'>
}

/** Shorter ones are refused: whoever has the file may guess for years. */
const shortestPassphrase = 12

/** What the keys of a node stand on. */
export interface NodeKeysParts extends Pick<KeeperParts, 'home' | 'ledger'> {
  readonly engine: Pick<Engine, 'prove' | 'state'>
  readonly keys: Keys
  readonly vault: Pick<Vault, 'rewrap'>
  readonly suite: Suite
  readonly organisationId: string
  readonly genesisHash: Uint8Array
  readonly log: (text: string) => void
}

/** Settles what a stop left half-way, then hands the keys out. Call it before anything is served. */
export async function openNodeKeys(parts: NodeKeysParts): Promise<NodeKeys> {
  const { home, ledger, engine, keys, vault, suite, organisationId: organisation, genesisHash, log } = parts
  const newUniqueId = () => new Uint8Array(randomBytes(16))
  const identity = { suite, signer: keys.statement, organisation, genesisHash, newUniqueId }
  const keeper = {
    home,
    passphrase: keys.passphrase.now,
    current: keys.replaceable,
    ledger,
    engine,
    identity,
  }
  await settleKeys(keys, keeper, vault, log)
  return createNodeKeys(keys, keeper, vault)
}

type SettledParts = KeeperParts & Pick<NodeKeysParts, 'engine'>

function createNodeKeys(keys: Keys, keeper: SettledParts, vault: Pick<Vault, 'rewrap'>): NodeKeys {
  const inTurn = createTurn()
  const { file, passphrase } = keys
  return {
    current: { statement: keys.statement, receipt: keys.receipt },
    wrapping: () => ({ keyId: keys.keyring.keyId, isRewrapping: file.isRewrapping() }),
    replace: (purpose) => inTurn(() => replaceKey(keeper, purpose)),
    replaceValidator: () => inTurn(() => rotateValidator(keeper)),
    revoke: (keyId, reason) =>
      inTurn(async () => {
        const { identity, ledger } = keeper
        const signing = { identity, blockTimeSeconds: await ledger.blockTimeSeconds() }
        const answer = await ledger.submit(revokeStatement(signing, { keyId, reason }))
        return isRefusal(answer) ? answer : undefined
      }),
    rewrap: (onProgress) =>
      inTurn(async () => {
        await file.beginRewrap(passphrase.now())
        return vault.rewrap(onProgress)
      }),
    newPassphrase: (given) =>
      inTurn(async () => {
        const isKept = existsSync(keeper.home.passphrase)
        if (given === undefined && !isKept) return 'missing'
        if (given !== undefined && given.length < shortestPassphrase) return 'weak'
        const to = given ?? randomBytes(24).toString('base64url')
        resealKeys(keeper.home, { from: passphrase.now(), to }, await file.sealedText(to))
        passphrase.change(to)
        return isKept ? 'kept-in-home' : 'yours'
      }),
  }
}

/** A rotation that was cut short is settled, and a former wrapping key that nothing needs is forgotten. */
async function settleKeys(
  keys: Keys,
  keeper: SettledParts,
  vault: Pick<Vault, 'rewrap'>,
  log: (text: string) => void,
): Promise<void> {
  await settleNextKeys(keeper, log)
  const validator = await settleValidatorKey(keeper)
  if (validator !== undefined)
    log(`keys validator replaced by ${toHex(validator).slice(0, 16)}: start the node again 请重启节点`)
  if (!keys.file.isRewrapping()) return
  // Nothing is under way yet, so after a pass that finds nothing the former key is needed no more.
  for (let left = 1; left > 0; ) left = (await vault.rewrap()).rewrapped
  await keys.file.endRewrap(keys.passphrase.now())
  log(`keys wrapping replaced by ${keys.keyring.keyId}`)
}

function createTurn(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const mine = last.then(task, task)
    last = mine.catch(() => undefined)
    return mine
  }
}
