/** `meridian proposals`: what the core members decide: see, propose, vote, withdraw. */
import { PROPOSAL_OUTCOMES, type ProposalOutcome } from '@meridian/client'
import { VOTE_CHOICES, type VoteChoice } from '@meridian/protocol'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { ask, option } from './ask.ts'
import { proposeArgsOf, proposeOptions } from './propose-arguments.ts'
import { type ShownProposals, showList, showOne } from './show-proposals.ts'

const usage =
  '[list [--outcome OUTCOME] | show ID | propose KIND [ORGANISATION | STANDARD VERSION] | vote ID yes|no|abstain [--evidence HASH] | withdraw ID]'

export const proposals: Command = {
  name: 'proposals',
  usage,
  summary: {
    zh: '查看提案，提出提案，投票，撤回',
    en: 'what the core members decide: see, propose, vote, withdraw',
  },
  options: [
    {
      name: 'outcome',
      value: 'OUTCOME',
      text: { zh: `只看：${PROPOSAL_OUTCOMES.join('、')}`, en: `only: ${PROPOSAL_OUTCOMES.join(', ')}` },
    },
    {
      name: 'evidence',
      value: 'HASH',
      text: {
        zh: '对标准投票时：本机构运行测试向量所得结果的 SHA-256',
        en: 'with a vote about a standard: SHA-256 of what its test vectors gave here',
      },
    },
    ...proposeOptions,
  ],
  run(invocation) {
    const [action = 'list', word, choice] = invocation.words
    if (action === 'list') return list(invocation)
    if (action === 'show' && word !== undefined) return showNamed(invocation, word)
    if (action === 'propose' && word !== undefined)
      return ask(invocation, 'propose', proposeArgsOf(invocation), showProposed)
    if (action === 'vote' && word !== undefined && isChoice(choice))
      return ask(invocation, 'vote', { proposal: word, choice, ...evidenceOf(invocation) }, showVoted)
    if (action === 'withdraw' && word !== undefined)
      return ask(invocation, 'vote', { proposal: word, choice: 'withdraw' }, showVoted)
    throw wrongUsage()
  },
}

const wrongUsage = () =>
  new UsageError({ zh: `用法：meridian proposals ${usage}`, en: `usage: meridian proposals ${usage}` })

function evidenceOf(invocation: Invocation): { evidence?: string } {
  const evidence = option(invocation, 'evidence')
  if (evidence === undefined) return {}
  if (!/^[0-9a-f]{64}$/.test(evidence)) throw wrongUsage()
  return { evidence }
}

const isChoice = (word: string | undefined): word is VoteChoice =>
  (VOTE_CHOICES as readonly (string | undefined)[]).includes(word)

function list(invocation: Invocation): Promise<ExitCode> {
  const outcome = option(invocation, 'outcome')
  if (outcome === undefined) return ask(invocation, 'proposals', {}, showList)
  if (!(PROPOSAL_OUTCOMES as readonly string[]).includes(outcome)) throw wrongUsage()
  return ask(invocation, 'proposals', { outcome: outcome as ProposalOutcome }, showList)
}

function showNamed(invocation: Invocation, prefix: string): Promise<ExitCode> {
  const isNamed = ({ items }: ShownProposals): boolean =>
    items.some(({ proposalId }) => proposalId.startsWith(prefix.toLowerCase()))
  return ask(invocation, 'proposals', {}, (answer: ShownProposals) => showOne(answer, prefix.toLowerCase()), {
    exitCode: (answer: ShownProposals) => (isNamed(answer) ? 0 : 1),
  })
}

function showProposed({ proposalId, height }: { proposalId: string; height: number }): string {
  return [
    `${proposalId} is open, height ${height}. 提案已开放表决。`,
    `meridian proposals vote ${proposalId.slice(0, 8)} yes|no|abstain`,
  ].join('\n')
}

interface Voted {
  readonly proposalId: string
  readonly choice: string
  readonly outcome: string
  readonly tally: { readonly yes: number; readonly no: number; readonly electorate: number }
}

function showVoted({ proposalId, choice, outcome, tally }: Voted): string {
  const stand = `yes 赞成 ${tally.yes} · no 反对 ${tally.no} · of 共 ${tally.electorate}`
  return `${proposalId.slice(0, 8)}: ${choice} → ${outcome}  (${stand})`
}
