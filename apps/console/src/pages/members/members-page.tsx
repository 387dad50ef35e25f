/** Members: every organisation that is, asks to be or was a member, in the tree of places, and the proven double signings. */
import type { MemberDocument } from '../../api/consortium-documents.ts'
import { useMembers } from '../../api/use-members.ts'
import { AdaptiveTable } from '../../show/adaptive-table.tsx'
import { PageHead } from '../../show/page-head.tsx'
import { comparePlaces } from '../../show/place-path.ts'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { DoubleSignings } from './double-signings.tsx'
import { memberColumns } from './member-columns.tsx'
import './members.css'

/** What stands on the ledger; every node shows the same. */
export function MembersPage() {
  const words = useWords()
  const { t } = words
  const members = useMembers()
  const { value, refused, loading, again } = members
  const rows = value?.items.toSorted(
    (a, b) => comparePlaces(a.place, b.place) || (a.organisation < b.organisation ? -1 : 1),
  )
  return (
    <div className="page">
      <PageHead title={t('page.members')} about={t('members.about')} />
      {refused !== undefined && <Problem refused={refused} again={again} />}
      {value !== undefined && value.doubleSignings.length > 0 && (
        <DoubleSignings items={value.doubleSignings} name={members.name} />
      )}
      <div className="panel">
        <AdaptiveTable<MemberDocument>
          label={t('page.members')}
          columns={memberColumns(words, { rows: rows ?? [], own: value?.own ?? '' })}
          rows={rows ?? []}
          rowKey={(row) => row.organisation}
          loading={loading}
          empty={t('members.empty')}
        />
      </div>
    </div>
  )
}
