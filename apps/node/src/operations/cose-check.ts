/** `cose-check`: a COSE receipt against the ledger itself: is the root that it signs real, and did its key count then? */
import type { Engine } from '@meridian/engine'
import {
  type CoseReceipt,
  equalBytes,
  isRefusal,
  leafHash,
  pemToPublicKey,
  refusalText,
  rootFromInclusionPath,
  verifyCoseReceipt,
} from '@meridian/protocol'
import type { Bilingual } from '../command-line/command.ts'
import { registeredKey } from '../keys/registered-key.ts'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** Hex of receipt and leaf entry, PEM of the key. */
export interface CoseCheckArgs {
  readonly cose: string
  readonly leaf: string
  readonly key: string
}

type Chain = Pick<Engine, 'block' | 'prove' | 'chainId'> & { readonly height: bigint }

/** `{issuer, chainId, height, key: {registered, ended?}}`. @throws OperationRefused naming what does not agree. */
export const coseCheck: Operation<CoseCheckArgs, Json> = {
  name: 'cose-check',
  async run(node, args) {
    const entry = Buffer.from(args.leaf, 'hex')
    const publicKey = pemToPublicKey(args.key)
    if (publicKey === undefined) throw refused('key')
    const receipt = verifyCoseReceipt(node.suite, Buffer.from(args.cose, 'hex'), entry, publicKey)
    if (isRefusal(receipt)) throw new OperationRefused(receipt.code, refusalText(receipt))
    const chain = chainsOf(node).find(({ chainId }) => chainId === receipt.chainId)
    if (chain === undefined) throw refused('chain')
    const root = rootFromInclusionPath(
      node.suite,
      leafHash(node.suite, entry),
      receipt.place,
      receipt.place.path,
    )
    const height = root === undefined ? undefined : heightOf(chain, receipt, root)
    if (height === undefined) throw refused('root')
    const key = keyFor(node, chain, receipt)
    if (key === undefined) throw refused('key')
    if (key.revokedHeight !== undefined && height > key.revokedHeight) throw refused('ended')
    const ended =
      key.revokedHeight === undefined ? {} : { ended: Number(key.revokedHeight), reason: key.reason }
    return {
      issuer: receipt.issuer,
      chainId: receipt.chainId,
      height: Number(height),
      key: { registered: Number(key.registeredHeight), ...ended },
    }
  },
}

function chainsOf(node: Node): readonly Chain[] {
  const { engine, earlier } = node
  const { chainId } = engine
  const now = {
    chainId,
    height: engine.status().height,
    block: (height: bigint) => engine.block(height),
    prove: (module: string, key: Uint8Array) => engine.prove(module, key),
  }
  return [now, ...earlier]
}

/** The block of the receipt's time whose header carries the root. Block times only grow, so it is looked for by halves. */
function heightOf(chain: Chain, { timeSeconds, place }: CoseReceipt, root: Uint8Array): bigint | undefined {
  const secondsAt = (height: bigint) => Number((chain.block(height)?.header.time ?? 0n) / 1_000_000_000n)
  let [low, high] = [1n, chain.height]
  while (low < high) {
    const middle = (low + high) / 2n
    if (secondsAt(middle) < timeSeconds) low = middle + 1n
    else high = middle
  }
  for (let height = low; height <= chain.height && secondsAt(height) === timeSeconds; height += 1n) {
    const state = chain.block(height - 1n)?.state
    if (state?.logSize === place.size && equalBytes(state.logRoot, root)) return height
  }
  return undefined
}

/** As the receipt's own chain has it; a key that is younger than that chain is on a later one. Only the issuer's own counts. */
function keyFor(node: Node, chain: Chain, { keyId, issuer }: CoseReceipt) {
  const key = [chain, ...chainsOf(node)]
    .map((one) => registeredKey(one, keyId))
    .find((one) => one !== undefined)
  return key?.purpose === 'receipt' && key.organisation === issuer ? key : undefined
}

const reasons: Readonly<Record<'key' | 'chain' | 'root' | 'ended', Bilingual>> = {
  key: {
    zh: '账本上没有该机构的这个回执密钥。',
    en: 'The ledger knows no such receipt key of the organisation that the receipt names.',
  },
  chain: { zh: '该回执属于另一条链。', en: 'The receipt speaks of another chain.' },
  root: {
    zh: '账本在所称的时间没有这个日志根：回执是伪造的，或来自另一份账本。',
    en: 'The ledger never had this log root at the time claimed: the receipt is forged, or of another ledger.',
  },
  ended: {
    zh: '回执密钥在回执所称的时间之前已在账本上终止：该回执不可采信。',
    en: 'The receipt key had ended on the ledger before the time that the receipt claims: it is not to be believed.',
  },
}

function refused(what: keyof typeof reasons): OperationRefused {
  return new OperationRefused(`cose-${what === 'ended' ? 'key-ended' : `unknown-${what}`}`, reasons[what])
}
