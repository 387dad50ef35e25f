/** Where a member answers: its ledger door, and the addresses of its nodes. */
import type { MemberDocument } from '../../api/consortium-documents.ts'
import { useWords } from '../../words/words.tsx'

/** A dash when it said nothing. */
export function EndPoints({ member: { door, nodes } }: { member: MemberDocument }) {
  const { t } = useWords()
  if (door === '' && nodes.length === 0) return <span className="quiet">–</span>
  return (
    <span className="end-points">
      {door !== '' && <span className="mono">{door}</span>}
      {nodes.map(({ nodeId, address }) => (
        <span key={nodeId} className="mono" title={`${t('members.node')} ${nodeId}`}>
          {address}
        </span>
      ))}
    </span>
  )
}
