/** What a map said of a code: the targets that count, and below what it would have said otherwise. */
import { Alert } from 'antd'
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'
import type { MapTarget, TranslationAnswer } from './map-documents.ts'
import { MapTargetCard } from './map-target-card.tsx'

/** Of one answer. `code` is the one that was asked. */
export function TranslationPanels({ code, answer }: { code: string; answer: TranslationAnswer }) {
  const { t } = useWords()
  const { known, result, targets, otherwise, release, map } = answer
  if (!known)
    return (
      <Alert
        type="warning"
        showIcon
        title={t('maps.not-known', { code })}
        description={t('maps.not-known-hint')}
      />
    )
  return (
    <>
      <Panel
        title={t('maps.targets', { code })}
        aside={t('maps.release', { release, version: map.version })}
        className="maps-found"
      >
        {!result && <Alert type="warning" showIcon title={t('maps.not-whole')} className="maps-not-whole" />}
        <Targets of={targets} />
      </Panel>
      {otherwise.length > 0 && (
        <Panel title={t('maps.otherwise')} aside={t('maps.otherwise-about')} className="maps-otherwise">
          <Targets of={otherwise} />
        </Panel>
      )}
    </>
  )
}

function Targets({ of }: { of: readonly MapTarget[] }) {
  return (
    <ul className="maps-targets">
      {of.map((target) => (
        <MapTargetCard key={`${target.group} ${target.priority} ${target.code}`} target={target} />
      ))}
    </ul>
  )
}
