/** What waits for a person, by reason, each with the way to mend it. */
import { useEffect } from 'react'
import type { Page, QuarantineGroup } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { pagesOf, routeTo } from '../../route/route.ts'
import { Problem } from '../../show/problem.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'

/** Reads the groups again when the number in quarantine changes. Researchers see only the number. */
export function WaitingReasons({ quarantined }: { quarantined: number }) {
  const { t, say, count } = useWords()
  const { session } = useSession()
  const may = session !== undefined && pagesOf(session.person.role).includes('quarantine')
  const { value, refused, again } = useAnswer<Page<QuarantineGroup>>(
    may ? '/api/quarantine/groups' : undefined,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number is what makes the old answer stale.
  useEffect(again, [quarantined, again])
  if (!may) return <p className="waiting-none">{t('corridor.waiting-count', { n: quarantined })}</p>
  if (refused !== undefined) return <Problem refused={refused} again={again} />
  if (value === undefined) return null
  if (value.items.length === 0) return <p className="waiting-none">{t('quarantine.empty')}</p>
  return (
    <ul className="waiting">
      {value.items.slice(0, 5).map((group) => (
        <li key={`${group.room} ${group.code}`}>
          <a href={routeTo('quarantine', [], { room: group.room, code: group.code })}>
            <span className="waiting-count num">{count(group.count)}</span>
            <span>
              {say(group.message)}
              <span className="waiting-hint">{say(group.hint)}</span>
            </span>
            <span className="waiting-room">
              <Tag tone="warn">{t(`room.${group.room}`)}</Tag>
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
