/** The reasons with their counts and hints; a reason can be chosen, or sent through the corridor again as a whole. */
import { App, Button } from 'antd'
import type { Page, QuarantineGroup } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { routeTo } from '../../route/route.ts'
import { Icon } from '../../show/icon.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { Tag } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'

type Props = { query: Readonly<Record<string, string>>; mayRetry: boolean; onRetried: () => void }

/** Most first. */
export function ReasonGroups({ query, mayRetry, onRetried }: Props) {
  const { t } = useWords()
  const { client } = useSession()
  const { message } = App.useApp()
  const { say } = useWords()
  const { value, refused, again } = useAnswer<Page<QuarantineGroup>>('/api/quarantine/groups')
  const retry = async ({ room, code }: QuarantineGroup) => {
    const answer = await client.post<{ taken: number }>('/api/quarantine/retry', { room, code })
    if (answer.ok) message.success(t('quarantine.group-retried', { n: answer.value.taken }))
    else message.error(say(answer.refused.message))
    again()
    onRetried()
  }
  if (refused !== undefined) return <Problem refused={refused} again={again} />
  const total = value?.items.reduce((sum, group) => sum + group.count, 0) ?? 0
  return (
    <Panel
      title={t('quarantine.reasons')}
      aside={<span className="num">{t('quarantine.total', { n: total })}</span>}
      flush
    >
      {value?.items.length === 0 && <p className="adaptive-empty">{t('quarantine.empty')}</p>}
      <ul className="reasons">
        {value?.items.map((group) => (
          <Reason
            key={`${group.room} ${group.code}`}
            group={group}
            chosen={query.code === group.code && query.room === group.room}
            retry={mayRetry ? () => retry(group) : undefined}
          />
        ))}
      </ul>
    </Panel>
  )
}

function Reason({
  group,
  chosen,
  retry,
}: {
  group: QuarantineGroup
  chosen: boolean
  retry: (() => void) | undefined
}) {
  const { t, say, count } = useWords()
  const href = chosen
    ? routeTo('quarantine')
    : routeTo('quarantine', [], { room: group.room, code: group.code })
  return (
    <li className={chosen ? 'reason reason-chosen' : 'reason'}>
      <span className="waiting-count num">{count(group.count)}</span>
      <div className="reason-text">
        <a href={href} aria-current={chosen ? 'true' : undefined}>
          {say(group.message)}
        </a>
        <div className="quiet">{say(group.hint)}</div>
      </div>
      <div className="reason-end">
        <Tag tone="warn">{t(`room.${group.room}`)}</Tag>
        <span className="mono quiet">{group.code}</span>
        {retry !== undefined && (
          <Button size="small" icon={<Icon name="again" size={14} />} onClick={retry}>
            {t('quarantine.retry-group')}
          </Button>
        )}
      </div>
    </li>
  )
}
