/** `meridian found`: puts the cards of the founders together into the genesis document of their chain. No secret is needed for it. */
import { writeFileSync } from 'node:fs'
import { chainIdOf, encodeGenesis, genesisHash } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { type Command, UsageError } from '../command-line/command.ts'
import { DEFAULT_MIN_VALIDATORS, foundChain } from '../consortium/found-chain.ts'
import { type ChainHead, chainHeadOf } from '../consortium/grow-home.ts'
import { cardWords, decodeCard, type OrganisationCard } from '../consortium/organisation-card.ts'
import { homeAt } from '../home/home.ts'
import { option } from './ask.ts'
import { readNamedText } from './read-file.ts'

export const found: Command = {
  name: 'found',
  usage: 'CARD… --chain NAME [--from-home DIR] -o genesis.json',
  summary: {
    zh: '用各创始成员的名片生成联盟链的创世文件',
    en: 'found a consortium from the cards of its first members',
  },
  options: [
    {
      name: 'chain',
      value: 'NAME',
      text: {
        zh: '链的名称（小写字母、数字、连字符）',
        en: 'name of the chain (lower case, digits, hyphens)',
      },
    },
    {
      name: 'min-validators',
      value: 'N',
      text: {
        zh: `验证者不得少于此数（默认 ${DEFAULT_MIN_VALIDATORS}，可容一个节点失效）`,
        en: `never fewer validators than this (default ${DEFAULT_MIN_VALIDATORS}: stands one fault)`,
      },
    },
    {
      name: 'time',
      value: 'TIME',
      text: { zh: '创世时间（UTC，默认现在）', en: 'genesis time (UTC, default now)' },
    },
    {
      name: 'from-home',
      value: 'DIR',
      text: {
        zh: '接续该数据目录中已停止节点的链，其旧回执仍可核验',
        en: 'go on from the chain of this stopped home, whose old receipts stay verifiable',
      },
    },
    { name: 'output', short: 'o', value: 'FILE', text: { zh: '写入文件', en: 'write to a file' } },
  ],
  async run(invocation) {
    const cards = invocation.words.map((file) => decodeCard(nodeSuite, readNamedText(file), file))
    const chainName = option(invocation, 'chain')
    const output = option(invocation, 'output')
    if (cards.length === 0 || chainName === undefined || output === undefined)
      throw new UsageError({
        zh: '请给出各成员的名片、--chain 链名和 -o 输出文件。',
        en: 'Name the cards, the chain with --chain, and the file with -o.',
      })
    const from = option(invocation, 'from-home')
    const head = from === undefined ? undefined : await chainHeadOf(homeAt(from), nodeSuite)
    if (head !== undefined) checkFounds(head.organisation, cards)
    const genesis = foundChain(cards, {
      chainName,
      genesisTime: option(invocation, 'time') ?? timeAfter(head),
      minValidators: Number(option(invocation, 'min-validators') ?? DEFAULT_MIN_VALIDATORS),
      ...(head === undefined ? {} : { handover: head.handover }),
    })
    writeFileSync(output, encodeGenesis(genesis))
    const chainId = chainIdOf(chainName, genesisHash(nodeSuite, genesis))
    const lines = cards.map(
      (card) => `${card.application.organisation}  ${cardWords(nodeSuite, card).join(' ')}`,
    )
    invocation.out(
      invocation.json
        ? JSON.stringify({ chainId, organisations: genesis.organisations.map(({ id }) => id) })
        : [...lines, '', `chain 链  ${chainId}`, `→ ${output}`].join('\n'),
    )
    return 0
  },
}

/** Time goes on from the old head, even where this machine's clock is behind. */
function timeAfter(head: ChainHead | undefined): string {
  const nowMs = Math.max(Date.now(), head === undefined ? 0 : (head.timeSeconds + 1) * 1000)
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`
}

function checkFounds(organisation: string, cards: readonly OrganisationCard[]): void {
  if (cards.some(({ application }) => application.organisation === organisation)) return
  throw new UsageError(
    {
      zh: `--from-home 的机构 ${organisation} 不在名片之中。`,
      en: `${organisation}, whose home --from-home names, is not among the cards.`,
    },
    'founding.not-among-cards',
  )
}
