/** The votes as a bar: yes from the left, no from the right, and a mark where more than two thirds begins. */
import type { ProposalDocument } from '../../api/consortium-documents.ts'
import { useWords } from '../../words/words.tsx'

/** What the bar shows is also said in words beside it. */
export function TallyBar({ tally: { yes, no, abstain, electorate } }: { tally: ProposalDocument['tally'] }) {
  const { t } = useWords()
  const share = (n: number) => `${(100 * n) / Math.max(1, electorate)}%`
  const needed = Math.floor((2 * electorate) / 3) + 1
  return (
    <div className="tally">
      <div className="tally-bar" aria-hidden="true">
        <span className="tally-yes" style={{ width: share(yes) }} />
        <span className="tally-open" />
        <span className="tally-abstain" style={{ width: share(abstain) }} />
        <span className="tally-no" style={{ width: share(no) }} />
        <i style={{ insetInlineStart: share(needed) }} />
      </div>
      <p className="num tally-words">
        <span>{t('votes.yes-n', { n: yes })}</span>
        <span>{t('votes.no-n', { n: no })}</span>
        <span>{t('votes.abstain-n', { n: abstain })}</span>
        <span className="quiet">{t('votes.needed', { n: needed, of: electorate })}</span>
      </p>
    </div>
  )
}
