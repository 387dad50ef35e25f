/** Where a member stands in its life on the ledger. */
import type { MemberDocument, MemberStatus } from '../../api/consortium-documents.ts'
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'

const tones: Readonly<Record<MemberStatus, Tone>> = {
  applied: 'busy',
  qualified: 'busy',
  disqualified: 'bad',
  active: 'good',
  suspended: 'warn',
  exited: 'plain',
}

/** The height since when is in the title. */
export function MemberStatusTag({ member: { status, statusHeight } }: { member: MemberDocument }) {
  const { t } = useWords()
  return (
    <span title={t('members.since', { n: Number(statusHeight) })}>
      <Tag tone={tones[status]}>{t(`member-status.${status}`)}</Tag>
    </span>
  )
}
