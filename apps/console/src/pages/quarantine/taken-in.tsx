/** What became of an item that went through the corridor again: the records it made, or that it is still under way. */
import { Alert } from 'antd'
import type { SecondWay } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import { typeName } from '../../show/kind-name.ts'
import { useWords } from '../../words/words.tsx'

/** Links to the records. */
export function TakenIn({ way }: { way: Exclude<SecondWay, { outcome: 'refused' }> }) {
  const words = useWords()
  const { t } = words
  if (way.outcome === 'waiting') return <Alert type="info" showIcon title={t('quarantine.waiting')} />
  return (
    <Alert
      type="success"
      showIcon
      title={t('quarantine.taken-in', { n: way.records.length })}
      description={
        <ul className="taken-in">
          {way.records.map(({ type, id, version }) => (
            <li key={`${type}/${id}`}>
              <a href={routeTo('records', [type, id])}>
                {typeName(type, words)} <span className="mono">{id.slice(0, 14)}</span>
              </a>{' '}
              {t('record.version-n', { n: version })}
            </li>
          ))}
        </ul>
      }
    />
  )
}
