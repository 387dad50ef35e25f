/** The columns of the list of records. */
import type { RecordRow } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import type { Column } from '../../show/adaptive-table.tsx'
import { Hash } from '../../show/hash.tsx'
import { captureName, typeName } from '../../show/kind-name.ts'
import { StateTag } from '../../show/state-tag.tsx'
import { When } from '../../show/when.tsx'
import type { Words } from '../../words/words.tsx'

/** In the order of the way: what, where from, when, where it stands as evidence. */
export function recordColumns(words: Words): Column<RecordRow>[] {
  const { t, count } = words
  return [
    {
      key: 'record',
      title: t('records.record'),
      lead: true,
      render: (row) => (
        <a
          className="record-link"
          href={routeTo('records', [row.type, row.id], { version: String(row.version) })}
        >
          <span>{typeName(row.type, words)}</span>
          <span className="mono quiet">{row.id.length > 14 ? `${row.id.slice(0, 12)}…` : row.id}</span>
        </a>
      ),
    },
    { key: 'state', title: t('records.state'), lead: true, render: (row) => <StateTag state={row.state} /> },
    {
      key: 'version',
      title: t('records.version'),
      align: 'right',
      render: (row) => (
        <span className="num">
          {row.version}
          {row.operation === 'delete' && ` · ${t('records.deleted')}`}
        </span>
      ),
    },
    { key: 'source', title: t('records.source'), render: (row) => row.source },
    {
      key: 'capture',
      hideWhenNarrow: true,
      title: t('records.capture'),
      render: (row) => captureName(row.captureMethod, words),
    },
    {
      key: 'clinical',
      title: t('time.clinical'),
      hideWhenNarrow: true,
      render: (row) => <When iso={row.times.clinical} />,
    },
    { key: 'received', title: t('time.received'), render: (row) => <When iso={row.times.received} /> },
    {
      key: 'height',
      title: t('corridor.height-word'),
      align: 'right',
      render: (row) =>
        row.height === undefined ? (
          <span className="quiet">–</span>
        ) : (
          <a className="num" href={routeTo('ledger', [row.height])}>
            {count(row.height)}
          </a>
        ),
    },
    {
      key: 'commitment',
      title: t('records.commitment'),
      hideWhenNarrow: true,
      render: (row) => <Hash value={row.commitment} keep={5} />,
    },
  ]
}
