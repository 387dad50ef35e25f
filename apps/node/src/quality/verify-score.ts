/** Checks another member's score without its rows: signature by way of its attestation, chain, rule set, and what it stands on. */
import { type QualityScore, qualityClaim } from '@meridian/gateway'
import { evidenceQueries } from '@meridian/ledger'
import { canonicalTextOf, equalBytes, fromHex, toHex, utf8 } from '@meridian/protocol'
import type { Bilingual } from '../command-line/command.ts'
import type { Node } from '../wiring/node.ts'
import { walkAnchored } from './walk-anchored.ts'

/** One rung: what was looked at, whether it holds, and in words. */
export interface ScoreRung {
  readonly rung: 'chain' | 'attested' | 'batches' | 'coverage' | 'rules'
  readonly holds: boolean
  readonly text: Bilingual
}

type Verifier = Pick<Node, 'suite' | 'engine' | 'ledger' | 'genesisHash'>

/** All rungs. `rulesHashes`: rule sets that this node holds, by hex hash. */
export async function verifyScore(
  node: Verifier,
  score: QualityScore,
  rulesHashes: readonly string[],
): Promise<readonly ScoreRung[]> {
  const isOurChain = score.genesisHash === toHex(node.genesisHash)
  return [
    rung(
      'chain',
      isOurChain,
      ['属于本链', 'It belongs to this chain'],
      ['属于另一条链', 'It is of another chain'],
    ),
    attestedRung(node, score),
    ...(await batchRungs(node, score)),
    rung(
      'rules',
      rulesHashes.includes(score.rules.hash),
      ['检查规则与本节点持有的一致', 'It counts by a rule set that this node holds'],
      ['本节点没有这套检查规则，无法对照含义', 'This node does not hold its rule set'],
    ),
  ]
}

/** A claim in state was accepted with the organisation's signature; a suspended key would have been refused. */
function attestedRung({ suite, engine }: Verifier, score: QualityScore): ScoreRung {
  const hash = suite.sha256(utf8(canonicalTextOf(score)))
  const last = score.batches.at(-1)?.statementId
  const attested =
    last === undefined
      ? undefined
      : evidenceQueries.attestationOf(engine.state, {
          subjectRef: fromHex(last) as Uint8Array,
          claim: qualityClaim(hash),
          organisation: score.organisation,
        })
  return rung(
    'attested',
    attested !== undefined && equalBytes(attested.valueHash, hash),
    [
      `${score.organisation} 已在账本上为这份评分签名`,
      `${score.organisation} signed for this score on the ledger`,
    ],
    ['账本上没有该机构对这份评分的签名', 'The ledger has no signature of that organisation for this score'],
  )
}

async function batchRungs(node: Verifier, score: QualityScore): Promise<ScoreRung[]> {
  const onChain = new Map<string, string>()
  for await (const batch of walkAnchored(node, score))
    if (batch.organisation === score.organisation)
      onChain.set(batch.statementId, `${batch.batchId} ${batch.root}`)
  const named = new Map(score.batches.map((b) => [b.statementId, `${b.batchId} ${b.root}`]))
  const wrong = [...named].filter(([id, batch]) => onChain.get(id) !== batch).length
  const leftOut = [...onChain.keys()].filter((id) => !named.has(id)).length
  return [
    rung(
      'batches',
      wrong === 0,
      [
        `所列 ${named.size} 个批次均由该机构在此期间锚定`,
        `All ${named.size} batches were anchored by it in that period`,
      ],
      [
        `${wrong} 个批次不在账本上，或不属于该机构或该期间`,
        `${wrong} batches are not on the ledger, or not its own of that period`,
      ],
    ),
    rung(
      'coverage',
      leftOut === 0,
      [
        '覆盖该机构在此期间锚定的全部批次',
        'It stands on every batch the organisation anchored in that period',
      ],
      [
        `漏掉该机构在此期间锚定的 ${leftOut} 个批次`,
        `${leftOut} batches that it anchored in that period are left out`,
      ],
    ),
  ]
}

type Words = readonly [zh: string, en: string]

function rung(name: ScoreRung['rung'], holds: boolean, yes: Words, no: Words): ScoreRung {
  const [zh, en] = holds ? yes : no
  return { rung: name, holds, text: { zh, en } }
}
