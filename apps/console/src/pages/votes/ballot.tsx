/** The buttons of one open proposal: yes, no, abstain, and taking the own one back. A vote stands for good, so it is asked twice. */
import { App, Button } from 'antd'
import { useState } from 'react'
import type { Choice, ProposalDocument } from '../../api/consortium-documents.ts'
import { useSession } from '../../api/session.tsx'
import { useWords } from '../../words/words.tsx'

interface Props {
  readonly proposal: ProposalDocument
  readonly own: string
  readonly onSaid: () => void
}

const choices: readonly Choice[] = ['yes', 'no', 'abstain']

/** Signed with the key of the organisation, in its name. */
export function Ballot({ proposal, own, onSaid }: Props) {
  const { t, say } = useWords()
  const { client, session } = useSession()
  const { modal, message } = App.useApp()
  const [isSending, setSending] = useState(false)
  const hasVoted = proposal.votes.some(({ organisation }) => organisation === own)
  const isOwn = proposal.proposer === own
  const send = async (choice: Choice | 'withdraw') => {
    setSending(true)
    const answer = await client.post(`/api/proposals/${proposal.proposalId}/vote`, { choice })
    setSending(false)
    if (answer.ok) message.success(t(choice === 'withdraw' ? 'votes.withdrawn' : 'votes.voted'))
    else message.error(`${say(answer.refused.message)} ${say(answer.refused.hint)}`)
    onSaid()
  }
  const ask = (choice: Choice | 'withdraw') =>
    modal.confirm({
      title: t(`ballot.${choice}`),
      content: t('votes.sure', { name: session === undefined ? own : say(session.organisation.names) }),
      okText: t(`ballot.${choice}`),
      onOk: () => send(choice),
    })
  return (
    <div className="ballot">
      {hasVoted && <span className="quiet">{t('votes.have-voted')}</span>}
      {!hasVoted &&
        choices.map((choice) => (
          <Button
            key={choice}
            type={choice === 'yes' ? 'primary' : 'default'}
            danger={choice === 'no'}
            disabled={isSending}
            onClick={() => ask(choice)}
          >
            {t(`ballot.${choice}`)}
          </Button>
        ))}
      {isOwn && (
        <Button type="text" disabled={isSending} onClick={() => ask('withdraw')}>
          {t('ballot.withdraw')}
        </Button>
      )}
    </div>
  )
}
