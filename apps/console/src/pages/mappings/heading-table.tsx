/** Coverage: every heading of the sample and the elements that are made of it. */
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Panel } from '../../show/panel.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { HeadingUse, Tried } from './mapping-documents.ts'

const tones = { mapped: 'good', key: 'plain', unused: 'warn', ignored: 'plain', unclaimed: 'bad' } as const

/** In the order of the file. */
export function HeadingTable({ tried }: { tried: Tried }) {
  const { t } = useWords()
  const { headings = [], unusedColumns = [] } = tried
  return (
    <Panel title={t('mappings.columns')} flush>
      <AdaptiveTable<HeadingUse>
        label={t('mappings.columns')}
        rowKey={({ heading }) => heading}
        rows={headings}
        loading={false}
        empty={t('mappings.empty')}
        columns={[
          { key: 'heading', title: t('mappings.heading'), lead: true, render: ({ heading }) => heading },
          {
            key: 'use',
            title: t('mappings.use'),
            render: ({ use }) => <Tag tone={tones[use]}>{t(`mappings.use-${use}`)}</Tag>,
          },
          {
            key: 'elements',
            title: t('mappings.elements'),
            wrap: true,
            render: ({ elements }) => <span className="mono">{elements.join(', ')}</span>,
          },
        ]}
      />
      {unusedColumns.length > 0 && (
        <p className="mapping-unused">{t('mappings.unused', { columns: unusedColumns.join(', ') })}</p>
      )}
    </Panel>
  )
}
