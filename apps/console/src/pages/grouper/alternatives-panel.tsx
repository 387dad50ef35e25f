/** What would change the group: one line for each other episode that the tables answer differently. */
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'
import type { Alternative } from './grouper-documents.ts'

/** The lines; a sentence when nothing would. */
export function AlternativesPanel({ alternatives }: { alternatives: readonly Alternative[] }) {
  const { t } = useWords()
  return (
    <Panel title={t('grouper.alternatives')} aside={t('grouper.alternatives-about')}>
      {alternatives.length === 0 ? (
        <p className="quiet">{t('grouper.no-alternatives')}</p>
      ) : (
        <ul className="grouper-alternatives">
          {alternatives.map(({ change, code, adrg, group, weight }) => (
            <li key={`${change} ${code}`}>
              <span>{t(`grouper.change-${change}`, { code })}</span>
              <span className="grouper-becomes">
                → <b className="mono">{group ?? adrg ?? t('grouper.no-group')}</b>
                {weight !== undefined && <span className="num"> {t('grouper.weight-of', { weight })}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
