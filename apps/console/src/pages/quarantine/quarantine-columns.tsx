/** The columns of the list of refused items. */
import type { QuarantineRow } from '../../api/documents.ts'
import { routeTo } from '../../route/route.ts'
import type { Column } from '../../show/adaptive-table.tsx'
import { placeName } from '../../show/place-name.ts'
import { Tag } from '../../show/tag.tsx'
import { When } from '../../show/when.tsx'
import type { Words } from '../../words/words.tsx'

/** The reason leads; it is the link to the item. */
export function quarantineColumns(words: Words): Column<QuarantineRow>[] {
  const { t, say } = words
  return [
    {
      key: 'reason',
      title: t('quarantine.reason'),
      lead: true,
      wrap: true,
      render: (row) => (
        <a className="reason-link" href={routeTo('quarantine', [row.id])}>
          {say(row.message)}
        </a>
      ),
    },
    {
      key: 'room',
      title: t('quarantine.room'),
      render: (row) => <Tag tone="warn">{t(`room.${row.room}`)}</Tag>,
    },
    {
      key: 'place',
      title: t('quarantine.place'),
      render: (row) => <span className="mono">{row.place === null ? '–' : placeName(row.place, words)}</span>,
    },
    { key: 'source', title: t('records.source'), render: (row) => row.source },
    {
      key: 'control',
      title: t('quarantine.control'),
      hideWhenNarrow: true,
      render: (row) => <span className="mono clip">{row.controlId}</span>,
    },
    { key: 'time', title: t('quarantine.refused'), render: (row) => <When iso={row.refusedTime} /> },
    {
      key: 'attempts',
      title: t('quarantine.attempts'),
      align: 'right',
      render: (row) => <span className="num">{row.attempts}</span>,
    },
  ]
}
