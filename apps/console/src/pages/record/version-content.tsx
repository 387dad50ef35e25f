/** What a version changed, and what it holds, element by element. */
import { Tabs } from 'antd'
import { useState } from 'react'
import type { VersionDocument } from '../../api/documents.ts'
import { Panel } from '../../show/panel.tsx'
import { useWords } from '../../words/words.tsx'
import { ChangesTable } from './changes-table.tsx'
import { ElementsTable } from './elements-table.tsx'

/** Opens on the changes when there are some. */
export function VersionContent({ version }: { version: VersionDocument }) {
  const { t } = useWords()
  const [tab, setTab] = useState(version.changes.length > 0 ? 'changes' : 'content')
  if (version.state === 'erased')
    return (
      <Panel title={t('record.content')}>
        <p>{t('record.erased')}</p>
      </Panel>
    )
  return (
    <section className="panel version-content" aria-label={t('record.content')}>
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          {
            key: 'changes',
            label: t('record.before-after', { n: version.changes.length }),
            children: <ChangesTable changes={version.changes} first={version.version === 1} />,
          },
          {
            key: 'content',
            label: t('record.elements', { n: version.elements.length }),
            children: <ElementsTable elements={version.elements} />,
          },
        ]}
      />
    </section>
  )
}
