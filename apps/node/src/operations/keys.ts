/** `keys`: the organisation's keys as the ledger has them, and their replacement. No private half ever leaves the node. */
import { membershipQueries } from '@meridian/ledger'
import {
  fromHex,
  isRefusal,
  type KeyPurpose,
  type RevokeReason,
  refusalText,
  toHex,
} from '@meridian/protocol'
import { formerKeys } from '../home/former-keys.ts'
import type { ReplaceableKey } from '../home/key-file.ts'
import { purposes } from '../keys/key-keeper.ts'
import { registeredKey } from '../keys/registered-key.ts'
import type { Node } from '../wiring/node.ts'
import { type Json, type OnProgress, type Operation, OperationRefused } from './operation.ts'

const { validatorKeyOf } = membershipQueries

/** What is asked; without anything the list. */
export interface KeysArgs {
  readonly rotate?: ReplaceableKey | 'validator'
  readonly revoke?: { readonly keyId: string; readonly reason: RevokeReason }
  readonly rewrap?: boolean
  /** `given` is absent when one is to be made up. */
  readonly passphrase?: { readonly given?: string }
}

/** One key of the list. Heights are of this chain; without `registered` the ledger does not have it. */
export interface ListedKey {
  readonly keyId: string
  readonly purpose: KeyPurpose
  readonly isCurrent: boolean
  readonly registered?: number
  readonly ended?: number
  readonly reason?: string
}

export const keys: Operation<KeysArgs, Json> = {
  name: 'keys',
  async run(node, args, onProgress) {
    if (args.rotate === 'validator') return rotateValidator(node)
    if (args.rotate !== undefined) return rotate(node, args.rotate)
    if (args.revoke !== undefined) return revoke(node, args.revoke)
    if (args.rewrap === true) return rewrap(node, onProgress)
    if (args.passphrase !== undefined) return passphrase(node, args.passphrase.given)
    return { items: listed(node), wrapping: node.keys.wrapping() }
  },
}

/** The founding keys, those that were replaced since, and the current ones. */
function listed(node: Node): ListedKey[] {
  const { id } = node.configuration.organisation
  const founding = node.genesis.organisations.find((one) => one.id === id)?.keys ?? []
  const known = new Map<string, KeyPurpose>()
  for (const { purpose, publicKey } of founding) known.set(toHex(node.suite.sha256(publicKey)), purpose)
  for (const { keyId, purpose } of formerKeys(node.home)) known.set(keyId, purpose)
  const validator = validatorKeyOf(node.engine.state, id)
  if (validator !== undefined) known.set(toHex(validator), 'validator')
  const current = new Set(purposes.map((purpose) => toHex(node.keys.current[purpose].keyId)))
  if (validator !== undefined) current.add(toHex(validator))
  for (const purpose of purposes) known.set(toHex(node.keys.current[purpose].keyId), purpose)
  return [...known].map(([keyId, purpose]) => {
    const key = registeredKey(node.engine, fromHex(keyId) ?? new Uint8Array())
    return {
      keyId,
      purpose,
      isCurrent: current.has(keyId),
      ...(key === undefined ? {} : { registered: Number(key.registeredHeight) }),
      ...(key?.revokedHeight === undefined ? {} : { ended: Number(key.revokedHeight), reason: key.reason }),
    }
  })
}

async function rotate(node: Node, purpose: ReplaceableKey): Promise<Json> {
  const former = toHex(node.keys.current[purpose].keyId)
  const answer = await node.keys.replace(purpose)
  if (isRefusal(answer)) throw new OperationRefused(answer.code, refusalText(answer))
  return { rotated: { purpose, former, keyId: toHex(answer.keyId) } }
}

async function rotateValidator(node: Node): Promise<Json> {
  const answer = await node.keys.replaceValidator()
  if (isRefusal(answer)) throw new OperationRefused(answer.code, refusalText(answer))
  const { former, keyId, needsRestart } = answer
  const names = { former: former === undefined ? '' : toHex(former), keyId: toHex(keyId) }
  return { rotated: { purpose: 'validator', ...names, needsRestart } }
}

async function revoke(node: Node, { keyId, reason }: NonNullable<KeysArgs['revoke']>): Promise<Json> {
  const matching = listed(node).filter(
    (key) => keyId.length >= 8 && key.keyId.startsWith(keyId.toLowerCase()),
  )
  const [found] = matching
  if (found === undefined || matching.length > 1) throw unknownKey(keyId)
  const refusal = await node.keys.revoke(fromHex(found.keyId) ?? new Uint8Array(), reason)
  if (refusal !== undefined) throw new OperationRefused(refusal.code, refusalText(refusal))
  return { revoked: { keyId: found.keyId, purpose: found.purpose, reason, wasCurrent: found.isCurrent } }
}

async function rewrap(node: Node, onProgress: OnProgress): Promise<Json> {
  const { versions, received } = await node.vault.status()
  const total = versions.sealed + versions.submitted + versions.final + received
  const former = node.keys.wrapping().keyId
  const report = await node.keys.rewrap((done) => onProgress(done, Math.max(done, total)))
  return { rewrapped: { former, keyId: node.keys.wrapping().keyId, ...report } }
}

async function passphrase(node: Node, given: string | undefined): Promise<Json> {
  const answer = await node.keys.newPassphrase(given)
  if (answer === 'missing' || answer === 'weak')
    throw new OperationRefused(`keys-passphrase-${answer}`, why[answer])
  return { passphrase: { keptInHome: answer === 'kept-in-home' } }
}

const why = {
  missing: {
    zh: '请在环境变量 MERIDIAN_NEW_PASSPHRASE 中给出新口令；本节点的口令不保存在数据目录中。',
    en: 'Give the new passphrase in MERIDIAN_NEW_PASSPHRASE; this node does not keep its passphrase in the home.',
  },
  weak: {
    zh: '新口令太短：至少 12 个字符。',
    en: 'The new passphrase is too short: 12 characters at least.',
  },
} as const

function unknownKey(keyId: string): OperationRefused {
  return new OperationRefused('keys-unknown', {
    zh: `没有唯一以 ${keyId} 开头（至少 8 位）的密钥。请用 meridian keys list 查看。`,
    en: `No single key begins with ${keyId} (8 digits at least). See meridian keys list.`,
  })
}
