/** What a version holds: one row per element, as it was committed leaf by leaf. */
import type { Element } from '../../api/documents.ts'
import { useWords } from '../../words/words.tsx'
import { plainValue } from './plain-value.ts'

/** Path and value; numbers as their source text. */
export function ElementsTable({ elements }: { elements: readonly Element[] }) {
  const { t } = useWords()
  return (
    <table className="elements">
      <thead>
        <tr>
          <th scope="col">{t('record.element')}</th>
          <th scope="col">{t('record.value')}</th>
        </tr>
      </thead>
      <tbody>
        {elements.map(({ path, value }) => (
          <tr key={path}>
            <th scope="row" className="mono">
              {path}
            </th>
            <td>{plainValue(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
