/** One proposal: what is asked, by whom, until when, how the votes stand, and who answered what. */
import type { ProposalDocument } from '../../api/consortium-documents.ts'
import type { Members } from '../../api/use-members.ts'
import { routeTo } from '../../route/route.ts'
import { Hash } from '../../show/hash.tsx'
import { proposalKindName } from '../../show/kind-name.ts'
import { When } from '../../show/when.tsx'
import { useWords } from '../../words/words.tsx'
import { Ballot } from './ballot.tsx'
import { OutcomeTag } from './outcome-tag.tsx'
import { TallyBar } from './tally-bar.tsx'
import { VoterList } from './voter-list.tsx'
import { whatIsAsked } from './what-is-asked.ts'

interface Props {
  readonly proposal: ProposalDocument
  readonly members: Members
  /** The person may vote in the name of a member that has a vote. */
  readonly maySpeak: boolean
  readonly onSaid: () => void
}

/** Open ones show every voter and the buttons; past ones fold the voters away. */
export function ProposalCard({ proposal, members, maySpeak, onSaid }: Props) {
  const words = useWords()
  const isOpen = proposal.outcome === 'open'
  const voters = <VoterList proposal={proposal} members={members} />
  return (
    <article className="proposal">
      <header>
        <b>{proposalKindName(proposal.kind, words)}</b>
        <span className="proposal-what">{whatIsAsked(proposal, words, members.name)}</span>
        <OutcomeTag proposal={proposal} />
      </header>
      <Facts proposal={proposal} name={members.name} />
      <TallyBar tally={proposal.tally} />
      {isOpen ? voters : <Folded>{voters}</Folded>}
      {isOpen && maySpeak && <Ballot proposal={proposal} own={members.value?.own ?? ''} onSaid={onSaid} />}
    </article>
  )
}

function Folded({ children }: { children: React.ReactNode }) {
  const { t } = useWords()
  return (
    <details>
      <summary>{t('votes.who-voted')}</summary>
      {children}
    </details>
  )
}

function Facts({ proposal, name }: { proposal: ProposalDocument; name: Members['name'] }) {
  const { t } = useWords()
  const { proposer, proposedHeight, deadlineSeconds, activationHeight, outcomeHeight } = proposal
  return (
    <dl className="proposal-facts">
      <div>
        <dt>{t('votes.proposer')}</dt>
        <dd>{name(proposer)}</dd>
      </div>
      <div>
        <dt>{t('votes.proposed-in')}</dt>
        <dd>
          <Block height={proposedHeight} />
        </dd>
      </div>
      <div>
        <dt>{t('votes.deadline')}</dt>
        <dd>
          <When iso={new Date(Number(deadlineSeconds) * 1000).toISOString()} />
        </dd>
      </div>
      <div>
        <dt>{t('votes.effect')}</dt>
        <dd>
          {activationHeight === '0' ? t('votes.at-once') : <Block height={activationHeight} isToCome />}
        </dd>
      </div>
      {outcomeHeight !== null && (
        <div>
          <dt>{t('votes.decided-in')}</dt>
          <dd>
            <Block height={outcomeHeight} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('votes.id')}</dt>
        <dd>
          <Hash value={proposal.proposalId} keep={6} />
        </dd>
      </div>
    </dl>
  )
}

function Block({ height, isToCome = false }: { height: string; isToCome?: boolean }) {
  const { t } = useWords()
  const text = t('ledger.block-n', { n: Number(height) })
  return isToCome ? <span className="num">{text}</span> : <a href={routeTo('ledger', [height])}>{text}</a>
}
