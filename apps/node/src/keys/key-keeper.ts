/**
 * The organisation's signing keys while a node is open: which are current, and how one takes the place of another. A new key is on
 * the disk before the ledger hears of it, so a stop at any moment leaves either the old key in force or a next one that
 * {@link settleNextKeys} brings to its end.
 */
import type { LedgerClient, SigningIdentity } from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { decodeStatement, equalBytes, isRefusal, type Refusal, type Signer, toHex } from '@meridian/protocol'
import { OutsideFailure } from '../command-line/command.ts'
import { rememberFormerKey } from '../home/former-keys.ts'
import type { Home } from '../home/home.ts'
import {
  createNextKey,
  dropNextKey,
  openNextKey,
  promoteNextKey,
  type ReplaceableKey,
} from '../home/key-file.ts'
import type { CurrentSigner } from './current-signer.ts'
import { newKeyStatement } from './key-statement.ts'
import { registeredKey } from './registered-key.ts'

/** What it works with. `passphrase` is the one of now: a new passphrase may come while the node is open. */
export interface KeeperParts {
  readonly home: Home
  readonly passphrase: () => string
  readonly current: Readonly<Record<ReplaceableKey, CurrentSigner>>
  readonly ledger: Pick<LedgerClient, 'submit' | 'blockTimeSeconds'>
  readonly engine: Pick<Engine, 'prove'>
  /** Signs with the current statement key. */
  readonly identity: SigningIdentity
}

/** The two purposes of a member's keys. */
export const purposes: readonly ReplaceableKey[] = ['statement', 'receipt']

/** Replaces the current key of a purpose. Gives the new key, or why the ledger said no (then nothing has changed). */
export async function replaceKey(parts: KeeperParts, purpose: ReplaceableKey): Promise<Signer | Refusal> {
  const { home, passphrase, current, ledger, engine, identity } = parts
  await settleNextKey(parts, purpose)
  const old = current[purpose].signer.keyId
  const isOver = registeredKey(engine, old)?.revokedHeight !== undefined
  const signing = { identity, blockTimeSeconds: await ledger.blockTimeSeconds() }
  const next = createNextKey(home, purpose, passphrase(), (signer) =>
    newKeyStatement(signing, purpose, signer, isOver ? undefined : old),
  )
  const answer = await ledger.submit(next.statement)
  if (isRefusal(answer)) {
    dropNextKey(home, purpose)
    return answer
  }
  finish(parts, purpose, next.signer)
  return current[purpose].signer
}

/** Brings to an end what a stop left half-way. Tells `log` what became of it, by key id only. */
export async function settleNextKeys(parts: KeeperParts, log: (text: string) => void): Promise<void> {
  for (const purpose of purposes) {
    const ended = await settleNextKey(parts, purpose)
    if (ended !== undefined) log(`keys ${purpose} ${ended}`)
  }
}

async function settleNextKey(parts: KeeperParts, purpose: ReplaceableKey): Promise<string | undefined> {
  const { home, passphrase, current, engine } = parts
  const next = openNextKey(home, purpose, passphrase())
  if (next === undefined) return undefined
  const name = toHex(next.signer.keyId).slice(0, 16)
  const isCurrent = equalBytes(next.signer.keyId, current[purpose].signer.keyId)
  if (
    isCurrent ||
    registeredKey(engine, next.signer.keyId) !== undefined ||
    (await isAccepted(parts, next.statement))
  ) {
    finish(parts, purpose, next.signer)
    return `replaced by ${name}`
  }
  dropNextKey(home, purpose)
  return `${name} did not reach the ledger`
}

/** The same bytes again: they are in a block already, or now, or never. */
async function isAccepted({ ledger, identity }: KeeperParts, bytes: Uint8Array): Promise<boolean> {
  const statement = decodeStatement(identity.suite, bytes)
  if (isRefusal(statement) || (await ledger.blockTimeSeconds()) > statement.expirySeconds) return false
  const answer = await ledger.submit(bytes)
  // Full now is not refused for ever: the next key may be dropped only when the ledger will never take it.
  if (isRefusal(answer) && answer.code === 'statement.queue-full') throw busy()
  return !isRefusal(answer)
}

function busy(): OutsideFailure {
  return new OutsideFailure({
    zh: '更换密钥尚未完成，而账本暂时繁忙；请稍后重试。',
    en: 'A change of keys is not finished and the ledger is busy for now; try again in a moment.',
  })
}

/** The ledger has the next key: the old one is remembered by its public half, then the files and the signer in use change. */
function finish({ home, current }: KeeperParts, purpose: ReplaceableKey, next: Signer): void {
  const { keyId, publicKey } = current[purpose].signer
  if (!equalBytes(keyId, next.keyId))
    rememberFormerKey(home, { keyId: toHex(keyId), purpose, publicKey: toHex(publicKey) })
  promoteNextKey(home, purpose)
  current[purpose].replace(next)
}
