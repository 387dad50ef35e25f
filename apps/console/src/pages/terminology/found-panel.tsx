/** What was found, best first; each leads to its concept. */
import { useAnswer } from '../../api/use-answer.ts'
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { Chosen, FoundDocument } from './terminology-documents.ts'

/** Nothing is asked before something is typed. */
export function FoundPanel({ chosen, text }: { chosen: Chosen; text: string | undefined }) {
  const { t } = useWords()
  const { system, version } = chosen
  const path =
    text === undefined
      ? undefined
      : `/api/terminology/search?${new URLSearchParams({ system, version, text })}`
  const { value, refused, loading, again } = useAnswer<FoundDocument>(path)
  const items = value?.items ?? []
  const aside =
    value === undefined ? undefined : t('terminology.total', { total: value.total, n: items.length })
  return (
    <Panel title={t('terminology.found')} aside={aside} flush>
      {refused !== undefined && <Problem refused={refused} again={again} />}
      <AdaptiveTable<FoundDocument['items'][number]>
        label={t('terminology.found')}
        rows={items}
        rowKey={({ code }) => code}
        loading={path !== undefined && loading}
        empty={t(text === undefined ? 'terminology.not-asked' : 'terminology.nothing')}
        columns={[
          {
            key: 'code',
            title: t('terminology.code'),
            lead: true,
            render: ({ code, inactive }) => (
              <>
                <a
                  className="mono terminology-link"
                  href={routeTo('terminology', [], { system, version, text, code })}
                >
                  {code}
                </a>{' '}
                {inactive === true && <Tag tone="warn">{t('terminology.inactive')}</Tag>}
              </>
            ),
          },
          {
            key: 'display',
            title: t('terminology.display'),
            wrap: true,
            render: ({ display }) => display,
          },
          {
            key: 'names',
            title: t('terminology.names'),
            wrap: true,
            render: ({ names, display }) => names.filter((name) => name !== display).join(' · ') || '–',
          },
        ]}
      />
    </Panel>
  )
}
