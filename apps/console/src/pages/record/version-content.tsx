/** What a version changed, and what it holds, element by element. */
import { Button } from 'antd'
import { useState } from 'react'
import type { VersionDocument } from '../../api/documents.ts'
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'
import { ChangesTable } from './changes-table.tsx'
import { ElementsTable } from './elements-table.tsx'

/** So many elements are shown at once; a long bundle of them would only slow the page. */
const firstElements = 100

/** Two panels; one sentence when the content was erased. */
export function VersionContent({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const { changes, elements } = version
  if (version.state === 'erased')
    return (
      <Panel title={t('record.content')}>
        <p>{t('record.erased')}</p>
      </Panel>
    )
  const shown = all ? elements : elements.slice(0, firstElements)
  return (
    <>
      <Panel
        title={t('record.before-after')}
        aside={<span className="num">{t('record.changed-n', { n: changes.length })}</span>}
      >
        <ChangesTable changes={changes} first={version.version === 1} />
      </Panel>
      <Panel
        title={t('record.elements')}
        aside={<span className="num">{t('record.elements-n', { n: elements.length })}</span>}
      >
        <ElementsTable elements={shown} />
        {shown.length < elements.length && (
          <div className="elements-more">
            <Button onClick={() => setAll(true)}>{t('record.all-elements', { n: elements.length })}</Button>
          </div>
        )}
      </Panel>
    </>
  )
}
