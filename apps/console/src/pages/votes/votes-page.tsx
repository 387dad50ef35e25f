/** Votes: what is put to the core members, open and past, who answered what, and the buttons to answer and to ask. */
import { Button } from 'antd'
import { useState } from 'react'
import type { MembersDocument, ProposalsDocument } from '../../api/consortium-documents.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { useEvery } from '../../api/use-every.ts'
import { type Members, useMembers } from '../../api/use-members.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { NewProposal } from './new-proposal.tsx'
import { ProposalCard } from './proposal-card.tsx'
import './votes.css'

/** Administrators of an active core member vote and propose; the ledger decides that again. */
export function VotesPage() {
  const { t } = useWords()
  const { session } = useSession()
  const [asking, setAsking] = useState(false)
  const members = useMembers()
  const { value, refused, again } = useAnswer<ProposalsDocument>('/api/proposals')
  useEvery(5_000, again)
  const maySpeak = session?.person.role === 'administrator' && isActiveCore(members.value)
  return (
    <div className="page">
      <PageHead
        title={t('page.votes')}
        about={t('votes.about')}
        extra={
          maySpeak && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t('votes.propose')}
            </Button>
          )
        }
      />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value !== undefined && members.value !== undefined && (
        <Lists proposals={value} members={members} maySpeak={maySpeak} onSaid={again} />
      )}
      {members.value !== undefined && (
        <NewProposal
          open={asking}
          members={members.value}
          close={() => setAsking(false)}
          onAsked={() => {
            again()
            members.again()
          }}
        />
      )}
    </div>
  )
}

function isActiveCore(members: MembersDocument | undefined): boolean {
  const own = members?.items.find(({ organisation }) => organisation === members.own)
  return own?.status === 'active' && own.memberClass === 'core'
}

interface ListsProps {
  readonly proposals: ProposalsDocument
  readonly members: Members
  readonly maySpeak: boolean
  readonly onSaid: () => void
}

const PAGE = 10

function Lists({ proposals, members, maySpeak, onSaid }: ListsProps) {
  const { t } = useWords()
  const [shown, setShown] = useState(PAGE)
  const open = proposals.items.filter(({ outcome }) => outcome === 'open')
  const past = proposals.items.filter(({ outcome }) => outcome !== 'open')
  const card = (proposal: ProposalsDocument['items'][number]) => (
    <ProposalCard
      key={proposal.proposalId}
      proposal={proposal}
      members={members}
      maySpeak={maySpeak}
      onSaid={() => {
        onSaid()
        members.again()
      }}
    />
  )
  return (
    <>
      <Panel title={t('votes.open')} flush>
        {open.length === 0 && <p className="adaptive-empty">{t('votes.none-open')}</p>}
        {open.map(card)}
      </Panel>
      <Panel title={t('votes.past')} flush>
        {past.length === 0 && <p className="adaptive-empty">{t('votes.none-past')}</p>}
        {past.slice(0, shown).map(card)}
        {past.length > shown && (
          <div className="adaptive-more">
            <Button onClick={() => setShown(shown + PAGE)}>{t('show.more')}</Button>
          </div>
        )}
      </Panel>
    </>
  )
}
