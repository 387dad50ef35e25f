/** What leads a verifier who holds the genesis to the validators of a block: blocks between, and who the later validators are. */
import {
  equalBytes,
  genesisAnchor,
  isRefusal,
  KEYS_MODULE,
  type LightBlock,
  lightBlockOf,
  provedKeyKey,
  type Receipt,
  type Refusal,
  refuse,
  type ValidatorKey,
  validatorsHash,
  walkLocally,
} from '@meridian/protocol'
import type { ReceiptGround } from './receipt-evidence.ts'

type Lead = Pick<Receipt, 'via' | 'validatorKeys'>

/** Empty while the validators are those of the genesis. Refusals: engine.outside-proof-window for a block long after which the keys changed. */
export function leadTo(ground: ReceiptGround, block: LightBlock): Lead | Refusal {
  const { engine, suite } = ground
  const anchor = genesisAnchor(suite, engine.genesis)
  if (equalBytes(validatorsHash(suite, anchor.validators), block.header.validatorsHash))
    return { via: [], validatorKeys: [] }
  const path = walkLocally(suite, anchor, block, (height) => {
    const stored = engine.block(height)
    return stored && lightBlockOf(stored.header, stored.commit, stored.validators)
  })
  if (isRefusal(path)) return path
  const validatorKeys = laterKeys(ground, block, anchor.validators)
  return isRefusal(validatorKeys) ? validatorKeys : { via: path.slice(0, -1), validatorKeys }
}

function laterKeys(
  { engine, suite }: ReceiptGround,
  block: LightBlock,
  founders: readonly { readonly publicKey: Uint8Array }[],
): readonly ValidatorKey[] | Refusal {
  const keys: ValidatorKey[] = []
  for (const { publicKey } of block.validators) {
    if (founders.some((founder) => equalBytes(founder.publicKey, publicKey))) continue
    const answer = engine.prove(KEYS_MODULE, provedKeyKey(suite, publicKey), block.header.height - 1n)
    if (isRefusal(answer)) return answer
    if (answer.proof.value === undefined)
      return refuse('engine', 'trust.unknown-validator', { height: block.header.height.toString() })
    keys.push({ publicKey, proof: answer.proof })
  }
  return keys
}
