/** A list of rows: a dense table where there is room, cards where there is not. Both are made from the same columns. */
import { Button, Table } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../words/words.tsx'
import './adaptive-table.css'
import { useWide } from './use-media.ts'

/** One column. `lead` heads the card on a narrow screen; `hideWhenNarrow` leaves it out there. */
export interface Column<T> {
  readonly key: string
  readonly title: string
  readonly render: (row: T) => ReactNode
  readonly width?: number
  readonly align?: 'right'
  readonly lead?: boolean
  readonly hideWhenNarrow?: boolean
  /** The text may take several lines in the table. */
  readonly wrap?: boolean
}

interface Props<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  readonly loading: boolean
  readonly empty: ReactNode
  /** Reads the next page; the button is there only while there is one. */
  readonly more?: (() => void) | undefined
}

/** The list with its *more* button. */
export function AdaptiveTable<T extends object>(props: Props<T>) {
  const { t } = useWords()
  const wide = useWide()
  return (
    <div className="adaptive">
      {wide ? <WideTable {...props} /> : <Cards {...props} />}
      {props.more !== undefined && (
        <div className="adaptive-more">
          <Button onClick={props.more} loading={props.loading}>
            {t('show.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function WideTable<T extends object>({ label, columns, rows, rowKey, loading, empty }: Props<T>) {
  return (
    <Table<T>
      size="small"
      aria-label={label}
      dataSource={[...rows]}
      rowKey={rowKey}
      loading={loading && rows.length === 0}
      pagination={false}
      scroll={{ x: true }}
      locale={{ emptyText: empty }}
      columns={columns.map((column) => ({
        key: column.key,
        title: column.title,
        className: column.wrap ? 'cell-wraps' : 'nowrap',
        render: (_: unknown, row: T) => column.render(row),
        ...(column.width === undefined ? {} : { width: column.width }),
        ...(column.align === undefined ? {} : { align: column.align }),
      }))}
    />
  )
}

function Cards<T extends object>({ label, columns, rows, rowKey, loading, empty }: Props<T>) {
  if (rows.length === 0) return <div className="adaptive-empty">{loading ? '…' : empty}</div>
  return (
    <ul className="cards" aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} className="card">
          <div className="card-lead">
            {columns
              .filter((c) => c.lead)
              .map((c) => (
                <span key={c.key}>{c.render(row)}</span>
              ))}
          </div>
          <dl className="card-rest">
            {columns
              .filter((c) => !c.lead && !c.hideWhenNarrow)
              .map((c) => (
                <div key={c.key}>
                  <dt>{c.title}</dt>
                  <dd>{c.render(row)}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
