/** The columns of the list of what was received and is no record yet. */
import type { ReceivedRow } from '../../api/documents.ts'
import type { Column } from '../../show/adaptive-table.tsx'
import { Hash } from '../../show/hash.tsx'
import { formName } from '../../show/kind-name.ts'
import { StateTag } from '../../show/state-tag.tsx'
import { When } from '../../show/when.tsx'
import type { Words } from '../../words/words.tsx'

/** What is known without opening it: its id, where from, in which form, when. */
export function receivedColumns(words: Words): Column<ReceivedRow>[] {
  const { t } = words
  return [
    {
      key: 'delivery',
      title: t('records.delivery'),
      lead: true,
      render: (row) => <Hash value={row.deliveryId} keep={6} />,
    },
    { key: 'state', title: t('records.state'), lead: true, render: (row) => <StateTag state={row.state} /> },
    { key: 'source', title: t('records.source'), render: (row) => row.source },
    { key: 'form', title: t('quarantine.form'), render: (row) => formName(row.form, words) },
    { key: 'received', title: t('time.received'), render: (row) => <When iso={row.times.received} /> },
  ]
}
