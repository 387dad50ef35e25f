/** One row of a map: what it says, how near it is, by which rule, and why it does not count when it does not. */
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { MapTarget } from './map-documents.ts'

const whyTones: Readonly<Record<NonNullable<MapTarget['because']>, Tone>> = {
  'not-met': 'plain',
  unknown: 'warn',
  'earlier-row': 'plain',
}

const near: readonly MapTarget['equivalence'][] = ['equal', 'equivalent']
const far: readonly MapTarget['equivalence'][] = ['unmatched', 'disjoint', 'inexact']

/** A list item. */
export function MapTargetCard({ target }: { target: MapTarget }) {
  const { t } = useWords()
  const { code, display, equivalence, because, rule, advice, group, priority } = target
  const tone = near.includes(equivalence) ? 'good' : far.includes(equivalence) ? 'bad' : 'busy'
  return (
    <li className={because === undefined ? 'maps-target' : 'maps-target maps-other'}>
      <div className="maps-target-head">
        <span className="mono maps-code">{code ?? t('maps.no-target')}</span>
        {display !== undefined && <span>{display}</span>}
        <Tag tone={because === undefined ? tone : 'plain'}>{t(`maps.equivalence-${equivalence}`)}</Tag>
        {because !== undefined && <Tag tone={whyTones[because]}>{t(`maps.because-${because}`)}</Tag>}
      </div>
      <dl>
        <dt>{t('maps.rule')}</dt>
        <dd>
          <Rule text={rule} />
        </dd>
        {advice !== undefined && (
          <>
            <dt>{t('maps.advice')}</dt>
            <dd>{advice}</dd>
          </>
        )}
        <dt>{t('maps.place')}</dt>
        <dd>{t('maps.place-of', { group, priority })}</dd>
      </dl>
    </li>
  )
}

/** The two rules without a condition in words, any other as the release has it. */
function Rule({ text }: { text: string }) {
  const { t } = useWords()
  if (text === '' || text === 'TRUE') return t('maps.rule-always')
  if (text === 'OTHERWISE TRUE') return t('maps.rule-otherwise')
  return <span className="mono">{text}</span>
}
