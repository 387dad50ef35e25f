/** What changes from one version to another, element by element, with how many of the own records hold the element. */
import { useAnswer } from '../../api/use-answer.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Problem } from '../../show/problem.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { StandardChange, StandardChanges } from './standards-documents.ts'

const tones = { added: 'good', removed: 'bad', changed: 'busy' } as const

/** Both are content hashes. */
export function ChangeTable({ from, to }: { from: string; to: string }) {
  const { t, say } = useWords()
  const { value, refused, loading, again } = useAnswer<StandardChanges>(
    `/api/standards/packages/${from}/changes/${to}`,
  )
  return (
    <div className="standards-changes">
      {refused !== undefined && <Problem refused={refused} again={again} />}
      <AdaptiveTable<StandardChange>
        label={t('standards.compare')}
        rows={value?.changes ?? []}
        rowKey={({ path }) => path}
        loading={loading}
        empty={t('standards.same')}
        columns={[
          {
            key: 'path',
            title: t('standards.element'),
            lead: true,
            wrap: true,
            render: ({ path, label }) => (
              <>
                <span className="mono standards-value">{path}</span> {label === undefined ? '' : say(label)}
              </>
            ),
          },
          {
            key: 'change',
            title: t('standards.change'),
            render: ({ change }) => <Tag tone={tones[change]}>{t(`change.${change}`)}</Tag>,
          },
          {
            key: 'before',
            title: t('standards.before'),
            wrap: true,
            render: ({ before }) => <Value of={before} />,
          },
          {
            key: 'after',
            title: t('standards.after'),
            wrap: true,
            render: ({ after }) => <Value of={after} />,
          },
          {
            key: 'touched',
            title: t('standards.touched'),
            align: 'right',
            render: ({ touched }) => touched ?? '–',
          },
        ]}
      />
      {value !== undefined && value.looked > 0 && (
        <p className="quiet">
          {t(value.isWhole ? 'standards.looked' : 'standards.looked-newest', { n: value.looked })}
        </p>
      )}
    </div>
  )
}

function Value({ of: value }: { of: unknown }) {
  if (value === undefined) return <>–</>
  return (
    <span className="mono standards-value">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
  )
}
