/** The account: every received item is in exactly one place, and the sum is shown, so that nobody has to believe it. */
import type { CorridorDocument } from '../../api/documents.ts'
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'

const parts = ['takenIn', 'quarantined', 'duplicates', 'underWay'] as const

/** Received = taken in + in quarantine + duplicates + under way. */
export function Account({ corridor }: { corridor: CorridorDocument }) {
  const { t, count } = useWords()
  const { received, takenIn, quarantined, duplicates } = corridor.counts
  const numbers = { takenIn, quarantined, duplicates, underWay: corridor.pending.inbox }
  const sum = parts.reduce((total, part) => total + numbers[part], 0)
  return (
    <Panel
      title={t('corridor.account')}
      aside={<span className="num">{t('corridor.received-n', { n: received })}</span>}
    >
      <div className="account-bar" aria-hidden="true">
        {parts
          .filter((part) => numbers[part] > 0)
          .map((part) => (
            <span key={part} className={`part-${part}`} style={{ flexGrow: numbers[part] }} />
          ))}
      </div>
      <dl className="account-list">
        {parts.map((part) => (
          <div key={part}>
            <span className={`swatch part-${part}`} aria-hidden="true" />
            <dt>{t(`account.${part}`)}</dt>
            <dd className="num">{count(numbers[part])}</dd>
          </div>
        ))}
      </dl>
      <p className="account-sum">{t(sum === received ? 'corridor.sum-right' : 'corridor.sum-moving')}</p>
    </Panel>
  )
}
