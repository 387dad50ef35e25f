/** The columns of the list of members; the first is the tree of places. */
import type { MemberDocument } from '../../api/consortium-documents.ts'
import type { Column } from '../../show/adaptive-table.tsx'
import { organisationKindName } from '../../show/kind-name.ts'
import { Tag } from '../../show/tag.tsx'
import { useWords, type Words } from '../../words/words.tsx'
import { Certificate } from './certificate.tsx'
import { EndPoints } from './end-points.tsx'
import { MemberStatusTag } from './member-status-tag.tsx'
import { Place } from './place.tsx'

interface Shown {
  /** In their order, so that a place is named once. */
  readonly rows: readonly MemberDocument[]
  readonly own: string
}

/** In the order of reading: where, who, what, since when, how it is reached. */
export function memberColumns(words: Words, { rows, own }: Shown): Column<MemberDocument>[] {
  const { t, say, count } = words
  const isFirstAtPlace = (row: MemberDocument) => rows[rows.indexOf(row) - 1]?.place !== row.place
  return [
    {
      key: 'organisation',
      title: t('members.organisation'),
      lead: true,
      wrap: true,
      render: (row) => (
        <span className="member-name">
          <b>{say(row.names)}</b> <span className="mono quiet nowrap">{row.organisation}</span>
          {row.organisation === own && <Tag tone="ledger">{t('members.own')}</Tag>}
        </span>
      ),
    },
    {
      key: 'place',
      title: t('members.place'),
      render: (row) => <Place place={row.place} isFirst={isFirstAtPlace(row)} />,
    },
    {
      key: 'kind',
      title: t('members.kind'),
      render: (row) => organisationKindName(row.kind, words),
    },
    {
      key: 'class',
      title: t('members.class'),
      render: (row) => t(`member-class.${row.memberClass}`),
    },
    { key: 'status', title: t('members.status'), render: (row) => <MemberStatusTag member={row} /> },
    { key: 'validator', title: t('members.validator'), render: (row) => <Validating member={row} /> },
    {
      key: 'keys',
      title: t('members.keys'),
      align: 'right',
      render: (row) => <span className="num">{count(row.signingKeys)}</span>,
    },
    { key: 'end-points', title: t('members.end-points'), render: (row) => <EndPoints member={row} /> },
    {
      key: 'certificate',
      title: t('members.certificate'),
      render: (row) => <Certificate member={row} />,
    },
  ]
}

function Validating({ member }: { member: MemberDocument }) {
  const { t } = useWords()
  if (member.barredFromValidating) return <Tag tone="bad">{t('members.barred')}</Tag>
  if (member.validator === null) return <span className="quiet">–</span>
  return <Tag tone="good">{t('members.validates')}</Tag>
}
