/** Mending: the text with the place marked, editable; send it, send it as it is, or put it aside. */
import { Alert, App, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import type { Answer, Refused } from '../../api/answer.ts'
import type { QuarantineDocument, SecondWay } from '../../api/documents.ts'
import { useSession } from '../../api/session.tsx'
import { routeTo } from '../../route/route.ts'
import { Icon } from '../../show/icon.tsx'
import { Panel } from '../../show/panel.tsx'
import { Problem } from '../../show/problem.tsx'
import { useWords } from '../../words/words.tsx'
import { MarkedEditor } from './marked-editor.tsx'

type Props = { item: QuarantineDocument; stillRefused: boolean; onWay: (way: SecondWay) => void }

/** The original is always kept beside what is sent. */
export function MendPanel({ item, stillRefused, onWay }: Props) {
  const { t, say } = useWords()
  const { client } = useSession()
  const { message } = App.useApp()
  const [text, setText] = useState(item.text ?? '')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | undefined>()
  const path = `/api/quarantine/${encodeURIComponent(item.id)}`
  const changed = item.text !== undefined && text !== item.text
  const isOpen = item.state === 'open'
  const send = async (call: () => Promise<Answer<SecondWay>>) => {
    setBusy(true)
    const answer = await call()
    setBusy(false)
    setRefused(answer.ok ? undefined : answer.refused)
    if (answer.ok) onWay(answer.value)
  }
  const dismiss = async () => {
    const answer = await client.post(`${path}/dismiss`)
    if (!answer.ok) return setRefused(answer.refused)
    message.success(t('quarantine.dismissed'))
    location.hash = routeTo('quarantine')
  }
  return (
    <Panel
      title={t('quarantine.text')}
      aside={t(item.mended ? 'quarantine.was-mended' : 'quarantine.as-received')}
    >
      <div className="mend">
        {stillRefused && (
          <Alert
            type="warning"
            showIcon
            title={t('quarantine.still-refused', { reason: say(item.message) })}
          />
        )}
        {item.headings !== undefined && (
          <p className="mono quiet mend-headings">{item.headings.join(', ')}</p>
        )}
        {item.text === undefined ? (
          <p className="quiet">{t('quarantine.too-large')}</p>
        ) : (
          <MarkedEditor text={text} marks={changed ? [] : item.marks} onChange={setText} readOnly={!isOpen} />
        )}
        {refused !== undefined && <Problem refused={refused} />}
        {isOpen ? (
          <div className="mend-actions">
            <Button
              type="primary"
              disabled={!changed}
              loading={busy && changed}
              onClick={() => send(() => client.post<SecondWay>(`${path}/mend`, { text }))}
            >
              {t('quarantine.mend')}
            </Button>
            <Button
              icon={<Icon name="again" size={14} />}
              disabled={changed}
              loading={busy && !changed}
              onClick={() => send(() => client.post<SecondWay>(`${path}/retry`))}
            >
              {t('quarantine.retry')}
            </Button>
            <Popconfirm
              title={t('quarantine.dismiss-sure')}
              okText={t('quarantine.dismiss')}
              onConfirm={dismiss}
            >
              <Button type="text">{t('quarantine.dismiss')}</Button>
            </Popconfirm>
          </div>
        ) : (
          <p className="quiet">{t('quarantine.closed')}</p>
        )}
        <p className="quiet mend-kept">{t('quarantine.kept')}</p>
      </div>
    </Panel>
  )
}
