/** Records: what the institution keeps, newest first, by type, state and source. Opens nothing. */
import { Input, Select } from 'antd'
import { useState } from 'react'
import type { ReceivedRow, RecordRow } from '../../api/documents.ts'
import { usePages, withFilters } from '../../api/use-pages.ts'
import { routeTo } from '../../route/route.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { typeName } from '../../show/kind-name.ts'
import { PageHead } from '../../show/page-head.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { receivedColumns } from './received-columns.tsx'
import { recordColumns } from './record-columns.tsx'
import './records.css'

const types = [
  'Patient',
  'Encounter',
  'Condition',
  'Observation',
  'DiagnosticReport',
  'Immunization',
  'Procedure',
  'MedicationRequest',
  'AllergyIntolerance',
  'ServiceRequest',
  'Specimen',
] as const
/** The ladder: a record is received, sealed, submitted, final; a version may be superseded, or erased. */
const states = ['received', 'sealed', 'submitted', 'final', 'superseded', 'erased'] as const

type Filters = Readonly<Record<string, string>>

/** The list with its filters; the filters are in the address, so a list can be sent to somebody. */
export function RecordsPage({ query }: { query: Filters }) {
  const words = useWords()
  const { t } = words
  // What is only received has no type yet.
  const filters = query.state === 'received' ? { ...query, type: undefined } : query
  const path = withFilters('/api/records', filters)
  const set = (name: string, value: string | undefined) => {
    location.hash = routeTo('records', [], { ...query, [name]: value })
  }
  return (
    <div className="page">
      <PageHead title={t('page.records')} about={t('records.about')} />
      <div className="filters">
        <Select
          aria-label={t('records.type')}
          placeholder={t('records.any-type')}
          allowClear
          showSearch
          optionFilterProp="label"
          disabled={query.state === 'received'}
          value={filters.type ?? null}
          onChange={(value) => set('type', value ?? undefined)}
          options={types.map((value) => ({ value, label: `${typeName(value, words)} ${value}` }))}
        />
        <Select
          aria-label={t('records.state')}
          placeholder={t('records.any-state')}
          allowClear
          value={query.state ?? null}
          onChange={(value) => set('state', value ?? undefined)}
          options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
        />
        <SourceFilter value={query.source} onChange={(value) => set('source', value)} />
      </div>
      {query.state === 'received' ? <ReceivedList path={path} /> : <RecordList path={path} />}
    </div>
  )
}

function RecordList({ path }: { path: string }) {
  const words = useWords()
  const { t } = words
  const pages = usePages<RecordRow>(path)
  return (
    <>
      {pages.refused !== undefined && <Problem refused={pages.refused} again={pages.again} />}
      <div className="panel">
        <AdaptiveTable<RecordRow>
          label={t('page.records')}
          columns={recordColumns(words)}
          rows={pages.items}
          rowKey={(row) => `${row.type}/${row.id}/${row.version}`}
          loading={pages.loading}
          empty={t('records.empty')}
          more={pages.more}
        />
      </div>
    </>
  )
}

function ReceivedList({ path }: { path: string }) {
  const words = useWords()
  const { t } = words
  const pages = usePages<ReceivedRow>(path)
  return (
    <>
      {pages.refused !== undefined && <Problem refused={pages.refused} again={pages.again} />}
      <div className="panel">
        <AdaptiveTable<ReceivedRow>
          label={t('state.received')}
          columns={receivedColumns(words)}
          rows={pages.items}
          rowKey={(row) => row.deliveryId}
          loading={pages.loading}
          empty={t('records.none-received')}
          more={pages.more}
        />
      </div>
    </>
  )
}

function SourceFilter({ value, onChange }: { value: string | undefined; onChange: (v: string) => void }) {
  const { t } = useWords()
  const [typed, setTyped] = useState(value ?? '')
  return (
    <Input.Search
      aria-label={t('records.source')}
      placeholder={t('records.any-source')}
      allowClear
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(text) => onChange(text.trim())}
    />
  )
}
