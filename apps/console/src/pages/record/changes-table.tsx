/** Before and after, one row per changed element. A sign says what happened, colour only repeats it. */
import type { ElementChange } from '../../api/documents.ts'
import { useWords } from '../../words/words.tsx'
import { plainValue } from './plain-value.ts'

/** A plain table: rows are few and columns fixed. */
export function ChangesTable({ changes, first }: { changes: readonly ElementChange[]; first: boolean }) {
  const { t } = useWords()
  if (changes.length === 0) return <p className="quiet">{t(first ? 'record.first' : 'record.unchanged')}</p>
  return (
    <table className="elements changes">
      <thead>
        <tr>
          <th scope="col">{t('record.element')}</th>
          <th scope="col">{t('record.before')}</th>
          <th scope="col">{t('record.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row" className="mono">
              {path}
            </th>
            <td className={before === undefined ? 'change-none' : 'change-before'}>
              {before === undefined ? '–' : <del>{plainValue(before)}</del>}
            </td>
            <td className={after === undefined ? 'change-none' : 'change-after'}>
              {after === undefined ? '–' : <ins>{plainValue(after)}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
