/**
 * The validator key of a core member takes another's place on the ledger: the one that waits in a home that came back without its old
 * one, or a new one. CometBFT reads its key when it starts, so a new one counts from the next start of the node.
 */
import type { Engine } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import { equalBytes, isRefusal, type Refusal, type Signer, toHex } from '@meridian/protocol'
import { rememberFormerKey } from '../home/former-keys.ts'
import {
  createNextKey,
  dropNextKey,
  type NextKey,
  openKeyFile,
  openNextKey,
  promoteNextKey,
} from '../home/key-file.ts'
import type { KeeperParts } from './key-keeper.ts'
import { newKeyStatement } from './key-statement.ts'
import { registeredKey } from './registered-key.ts'

/** What it works with. */
export interface ValidatorParts extends Omit<KeeperParts, 'current' | 'engine'> {
  readonly engine: Pick<Engine, 'prove' | 'state'>
}

/** What came of it. */
export interface RotatedValidator {
  /** Key id of the one that counts no more; undefined when there was none. */
  readonly former: Uint8Array | undefined
  readonly keyId: Uint8Array
  /** The node votes with it only after it was started again. */
  readonly needsRestart: boolean
}

/** Rotates. A refusal of the ledger changes nothing. */
export async function rotateValidator(parts: ValidatorParts): Promise<RotatedValidator | Refusal> {
  const { home, passphrase, engine, identity, ledger } = parts
  const current = openKeyFile(home, 'validator', passphrase())
  const left = openNextKey(home, 'validator', passphrase())
  if (left !== undefined) return finishOrRefuse(parts, current, left)
  const former = membershipQueries.validatorKeyOf(engine.state, identity.organisation)
  const signing = { identity, blockTimeSeconds: await ledger.blockTimeSeconds() }
  if (former !== undefined && equalBytes(former, current.keyId)) {
    const next = createNextKey(home, 'validator', passphrase(), (signer) =>
      newKeyStatement(signing, 'validator', signer, former),
    )
    return finishOrRefuse(parts, current, next)
  }
  const answer = await ledger.submit(newKeyStatement(signing, 'validator', current, former))
  return isRefusal(answer) ? answer : { former, keyId: current.keyId, needsRestart: false }
}

async function finishOrRefuse(
  parts: ValidatorParts,
  current: Signer,
  next: NextKey,
): Promise<RotatedValidator | Refusal> {
  const { home, engine, ledger } = parts
  const isThere = registeredKey(engine, next.signer.keyId) !== undefined
  const answer = isThere ? undefined : await ledger.submit(next.statement)
  if (answer !== undefined && isRefusal(answer)) {
    // Full now is not refused for ever: the next key may be dropped only when the ledger will never take it.
    if (answer.code !== 'statement.queue-full') dropNextKey(home, 'validator')
    return answer
  }
  const { keyId, publicKey } = current
  rememberFormerKey(home, { keyId: toHex(keyId), purpose: 'validator', publicKey: toHex(publicKey) })
  promoteNextKey(home, 'validator')
  return { former: keyId, keyId: next.signer.keyId, needsRestart: true }
}

/** What a stop left half-way, finished when the ledger has the next key. Gives its id: the node has to be started again. */
export async function settleValidatorKey(parts: ValidatorParts): Promise<Uint8Array | undefined> {
  const { home, passphrase, engine } = parts
  const next = openNextKey(home, 'validator', passphrase())
  if (next === undefined || registeredKey(engine, next.signer.keyId) === undefined) return undefined
  await finishOrRefuse(parts, openKeyFile(home, 'validator', passphrase()), next)
  return next.signer.keyId
}
