/** Standards: what this node holds by layer, what is in force, and where two in force contradict each other. */
import { Segmented } from 'antd'
import type { Page } from '../../api/documents.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useMembers } from '../../api/use-members.ts'
import { type Route, routeTo } from '../../route/route.ts'
import { AdaptiveTable, type Column } from '../../show/adaptive-table.tsx'
import { Hash } from '../../show/hash.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords, type Words } from '../../words/words.tsx'
import { kindName } from './kind-name.ts'
import { StateTag } from './state-tag.tsx'
import './standards.css'
import {
  layers,
  type StandardConflict,
  type StandardDocument,
  type StandardsDocument,
} from './standards-documents.ts'

/** The layer is part of the address. */
export function StandardsPage({ query }: { query: Route['query'] }) {
  const words = useWords()
  const { t } = words
  const { value, refused, loading, again } = useAnswer<StandardsDocument>('/api/standards')
  const members = useMembers()
  const chosen = layers.find((layer) => layer === query.layer) ?? 'all'
  const rows = (value?.items ?? []).filter(({ manifest }) => chosen === 'all' || manifest.layer === chosen)
  return (
    <div className="page">
      <PageHead title={t('page.standards')} about={t('standards.about')} />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      <div className="standards-head">
        <Segmented
          value={chosen}
          onChange={(layer) => {
            window.location.hash = routeTo('standards', [], layer === 'all' ? {} : { layer })
          }}
          options={(['all', ...layers] as const).map((layer) => ({
            value: layer,
            label: t(`layer.${layer}`),
          }))}
        />
        {value !== undefined && (
          <span className="quiet">
            {t('standards.set')} <Hash value={value.standardsSetHash} />
          </span>
        )}
      </div>
      <div className="panel">
        <AdaptiveTable<StandardDocument>
          label={t('page.standards')}
          columns={columnsOf(words, members.name)}
          rows={rows}
          rowKey={({ hash }) => hash}
          loading={loading}
          empty={t('standards.empty')}
        />
      </div>
      <Conflicts />
    </div>
  )
}

function columnsOf(words: Words, name: (organisation: string) => string): Column<StandardDocument>[] {
  const { t, say } = words
  return [
    {
      key: 'title',
      title: t('standards.title'),
      lead: true,
      wrap: true,
      render: ({ hash, manifest }) => <a href={routeTo('standards', [hash])}>{say(manifest.titles)}</a>,
    },
    {
      key: 'id',
      title: t('standards.id'),
      render: ({ manifest }) => <span className="mono">{manifest.id}</span>,
    },
    { key: 'version', title: t('standards.version'), render: ({ manifest }) => manifest.version },
    { key: 'kind', title: t('standards.kind'), render: ({ manifest }) => kindName(manifest.kind, words) },
    {
      key: 'implements',
      title: t('standards.implements'),
      render: ({ manifest }) => manifest.implements ?? '–',
    },
    {
      key: 'use',
      title: t('standards.use'),
      render: ({ isInForce }) => (
        <Tag tone={isInForce ? 'good' : 'plain'}>
          {t(isInForce ? 'standards.in-force' : 'standards.held')}
        </Tag>
      ),
    },
    { key: 'state', title: t('standards.state'), render: ({ state }) => <StateTag state={state} /> },
    {
      key: 'adopted',
      title: t('standards.adopted'),
      wrap: true,
      render: ({ adoptedBy }) => adoptedBy.map(name).join(', ') || '–',
    },
    {
      key: 'block',
      title: t('standards.block'),
      render: ({ publishedHeight: height }) =>
        height === null ? '–' : <a href={routeTo('ledger', [height])}>{height}</a>,
    },
    {
      key: 'hash',
      title: t('standards.hash'),
      hideWhenNarrow: true,
      render: ({ hash }) => <Hash value={hash} />,
    },
  ]
}

function Conflicts() {
  const { t } = useWords()
  const { value } = useAnswer<Page<StandardConflict>>('/api/standards/conflicts')
  const name = ({ id, version }: StandardConflict['first']) => `${id} ${version}`
  return (
    <Panel title={t('standards.conflicts')} aside={t('standards.conflicts-about')} flush>
      <AdaptiveTable<StandardConflict>
        label={t('standards.conflicts')}
        rows={value?.items ?? []}
        rowKey={({ first, second, vector }) => `${name(first)} ${name(second)} ${vector}`}
        loading={false}
        empty={t('standards.no-conflicts')}
        columns={[
          {
            key: 'input',
            title: t('standards.input'),
            lead: true,
            wrap: true,
            render: ({ input }) => <Value of={input} />,
          },
          {
            key: 'first',
            title: t('standards.first'),
            wrap: true,
            render: ({ first, answers }) => (
              <>
                {name(first)} <Value of={answers[0]} />
              </>
            ),
          },
          {
            key: 'second',
            title: t('standards.second'),
            wrap: true,
            render: ({ second, answers }) => (
              <>
                {name(second)} <Value of={answers[1]} />
              </>
            ),
          },
        ]}
      />
    </Panel>
  )
}

function Value({ of: value }: { of: unknown }) {
  return <span className="mono standards-value">{JSON.stringify(value)}</span>
}
