/** Who answered what: every member with a vote, and those that voted and have none any more. */
import type { Choice, ProposalDocument } from '../../api/consortium-documents.ts'
import type { Members } from '../../api/use-members.ts'
import { Icon, type IconName } from '../../show/icon.tsx'
import { useWords } from '../../words/words.tsx'

const marks: Readonly<Record<Choice, IconName>> = { yes: 'check', no: 'cross', abstain: 'dash' }

/** While a proposal is open those who have not answered are there too. */
export function VoterList({
  proposal: { votes, outcome },
  members,
}: {
  proposal: ProposalDocument
  members: Members
}) {
  const { t } = useWords()
  const choices = new Map(votes.map(({ organisation, choice }) => [organisation, choice]))
  const electors =
    members.value?.items.filter(({ status, memberClass }) => status === 'active' && memberClass === 'core') ??
    []
  const silent = electors.map(({ organisation }) => organisation).filter((id) => !choices.has(id))
  const all = [...choices.keys(), ...(outcome === 'open' ? silent : [])]
  if (all.length === 0) return <p className="quiet">{t('votes.nobody')}</p>
  return (
    <ul className="voters">
      {all.map((organisation) => {
        const choice = choices.get(organisation)
        return (
          <li key={organisation} className={`voter voter-${choice ?? 'open'}`}>
            {choice !== undefined && <Icon name={marks[choice]} size={14} />}
            <span>{members.name(organisation)}</span>
            <span className="voter-choice">
              {choice === undefined ? t('votes.waiting') : t(`choice.${choice}`)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
