/** Proposals for people: the list, and one with every vote. */
import { layTable } from '../command-line/table.ts'

interface ShownProposal {
  readonly proposalId: string
  readonly kind: string
  readonly action: readonly { readonly name: string; readonly value: string }[]
  readonly proposer: string
  readonly deadlineSeconds: string
  readonly activationHeight: string
  readonly outcome: string
  readonly outcomeHeight: string | null
  readonly tally: { yes: number; no: number; abstain: number; electorate: number }
  readonly votes: readonly {
    readonly organisation: string
    readonly choice: string
    readonly height: string
  }[]
  readonly failure: string
  readonly bodyHash: string
}

/** The answer of the operation `proposals`. */
export interface ShownProposals {
  readonly items: readonly ShownProposal[]
  readonly parameters: {
    readonly applicationVersion: number
    readonly items: readonly { readonly name: string; readonly value: number }[]
  }
}

/** All of them, and by which parameters the chain goes. */
export function showList({ items, parameters }: ShownProposals): string {
  const rows = items.map((proposal) => [
    proposal.proposalId.slice(0, 8),
    proposal.kind,
    whatOf(proposal),
    proposal.proposer,
    votesOf(proposal),
    timeOf(proposal.deadlineSeconds),
    proposal.outcome,
  ])
  const head = [
    'ID 标识',
    'KIND 种类',
    'WHAT 内容',
    'BY 提出',
    'VOTES 赞成/反对/共',
    'DEADLINE 截止',
    'OUTCOME 结果',
  ]
  const table = rows.length === 0 ? 'No proposals. 没有提案。' : layTable([head, ...rows])
  const rules = parameters.items.map(({ name, value }) => `${name} ${value}`)
  return `${table}\nrules 规则版本 ${parameters.applicationVersion} · ${rules.join(' · ')}`
}

/** One, by the first digits of its id. */
export function showOne({ items }: ShownProposals, prefix: string): string {
  const proposal = items.find(({ proposalId }) => proposalId.startsWith(prefix))
  if (proposal === undefined) return `No proposal begins with ${prefix}. 没有以此开头的提案。`
  const { activationHeight, outcomeHeight, failure } = proposal
  const at = outcomeHeight === null ? '' : ` (height 高度 ${outcomeHeight})`
  return layTable([
    ['proposal 提案', proposal.proposalId],
    ['kind 种类', proposal.kind],
    ['what 内容', whatOf(proposal)],
    ['document 说明文件摘要', proposal.bodyHash],
    ['by 提出', proposal.proposer],
    ['deadline 截止', timeOf(proposal.deadlineSeconds)],
    ['takes effect 生效', activationHeight === '0' ? 'at once 立即' : `height 高度 ${activationHeight}`],
    ['outcome 结果', `${proposal.outcome}${at} ${failure}`.trimEnd()],
    ['votes 票数', `${votesOf(proposal)} · abstain 弃权 ${proposal.tally.abstain}`],
    ...proposal.votes.map(({ organisation, choice, height }) => [
      `  ${organisation}`,
      `${choice} (${height})`,
    ]),
  ])
}

const whatOf = ({ action }: ShownProposal): string => action.map(({ value }) => value).join(' → ')

const votesOf = ({ tally }: ShownProposal): string => `${tally.yes}/${tally.no}/${tally.electorate}`

const timeOf = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString().slice(0, 16)
