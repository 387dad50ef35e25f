/** How far a proposal is, as a tag; a failure names its code. */
import type { Outcome, ProposalDocument } from '../../api/consortium-documents.ts'
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'

const tones: Readonly<Record<Outcome, Tone>> = {
  open: 'busy',
  passed: 'good',
  activated: 'good',
  rejected: 'bad',
  expired: 'plain',
  withdrawn: 'plain',
  failed: 'bad',
}

/** The tag with its word. */
export function OutcomeTag({ proposal: { outcome, failure } }: { proposal: ProposalDocument }) {
  const { t } = useWords()
  const word = t(`outcome.${outcome}`)
  return (
    <span className="proposal-outcome">
      <Tag tone={tones[outcome]}>{failure === '' ? word : `${word} · ${failure}`}</Tag>
    </span>
  )
}
