/** Like errors, by element and source: what stands there in all of them, what could stand there instead, and one mend for all. */
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import type { Bilingual } from '../../api/answer.ts'
import type { Page } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { useAnswer } from '../../api/use-answer.ts'
import { Icon } from '../../show/icon.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'

interface LikeErrors {
  readonly id: string
  readonly code: string
  readonly source: string
  readonly element: string
  readonly count: number
  readonly message: Bilingual
}

interface FoundValue {
  readonly value: string
  readonly count: number
  readonly proposal?: string
}

type Props = { onMended: () => void }

const pathOf = (id: string) => `/api/quarantine/like/${encodeURIComponent(id)}`

/** Most first; one is open at a time. */
export function LikeErrorGroups({ onMended }: Props) {
  const { t, say, count } = useWords()
  const [open, setOpen] = useState<string | undefined>()
  const { value, refused, again } = useAnswer<Page<LikeErrors>>('/api/quarantine/like')
  if (refused !== undefined) return <Problem refused={refused} again={again} />
  if (value === undefined || value.items.length === 0) return null
  const mended = () => {
    setOpen(undefined)
    again()
    onMended()
  }
  return (
    <Panel title={t('quarantine.like')} flush>
      <ul className="reasons">
        {value.items.map((group) => (
          <li key={group.id} className="reason like">
            <span className="waiting-count num">{count(group.count)}</span>
            <div className="reason-text">
              <b>{say(group.message)}</b>
              <div className="quiet">
                <span className="mono">{group.element === '' ? group.code : group.element}</span> ·{' '}
                {group.source}
              </div>
            </div>
            <div className="reason-end">
              <Button
                size="small"
                aria-expanded={open === group.id}
                onClick={() => setOpen(open === group.id ? undefined : group.id)}
              >
                {t('quarantine.like-mend')}
              </Button>
            </div>
            {open === group.id && <MendGroup group={group} onMended={mended} />}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function MendGroup({ group, onMended }: { group: LikeErrors; onMended: () => void }) {
  const { t, say, count } = useWords()
  const { client } = useSession()
  const { message } = App.useApp()
  const { value, refused } = useAnswer<Page<FoundValue>>(`${pathOf(group.id)}/values`)
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({})
  const [unit, setUnit] = useState('')
  const [busy, setBusy] = useState(false)
  if (refused !== undefined) return <Problem refused={refused} />
  const values = value?.items ?? []
  const now = (one: FoundValue) => written[one.value] ?? one.proposal ?? ''
  const map = Object.fromEntries(values.filter((one) => now(one) !== '').map((one) => [one.value, now(one)]))
  const isUnit = group.code.includes('unit')
  const send = async () => {
    setBusy(true)
    const body = { map, ...(isUnit && unit !== '' ? { unit } : {}) }
    const answer = await client.post<{ mended: number; left: number }>(`${pathOf(group.id)}/mend`, body)
    setBusy(false)
    if (!answer.ok) return message.error(say(answer.refused.message))
    message.success(t('quarantine.like-mended', { n: answer.value.mended, left: answer.value.left }))
    onMended()
  }
  return (
    <div className="like-mend">
      <table className="like-values">
        <thead>
          <tr>
            <th>{t('quarantine.like-count')}</th>
            <th>{t('quarantine.like-value')}</th>
            <th>{t('quarantine.like-instead')}</th>
          </tr>
        </thead>
        <tbody>
          {values.map((one) => (
            <tr key={one.value}>
              <td className="num">{count(one.count)}</td>
              <td className="mono">{one.value === '' ? '–' : one.value}</td>
              <td>
                <Input
                  size="small"
                  aria-label={`${t('quarantine.like-instead')} ${one.value}`}
                  value={now(one)}
                  onChange={(event) => setWritten({ ...written, [one.value]: event.target.value })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isUnit && (
        <div className="like-unit">
          {t('quarantine.like-unit')}
          <Input
            size="small"
            aria-label={t('quarantine.like-unit')}
            value={unit}
            onChange={(event) => setUnit(event.target.value)}
          />
        </div>
      )}
      <div>
        <Button
          type="primary"
          icon={<Icon name="again" size={14} />}
          loading={busy}
          disabled={Object.keys(map).length === 0 && unit === ''}
          onClick={send}
        >
          {t('quarantine.like-send')}
        </Button>
      </div>
    </div>
  )
}
