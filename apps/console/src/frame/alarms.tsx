/** The alarms of the node, above every page: the height stands still, or the engine has stopped. */
import { Alert } from 'antd'
import type { AlarmDocument } from '../api/consortium-documents.ts'
import type { Page } from '../api/documents.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useEvery } from '../api/use-every.ts'
import { useWords } from '../words/words.tsx'

/** Nothing while there is none. Said to screen readers when one comes. */
export function Alarms() {
  const { say } = useWords()
  const { value, again } = useAnswer<Page<AlarmDocument>>('/api/alarms')
  useEvery(5_000, again)
  if (value === undefined || value.items.length === 0) return null
  return (
    <div className="alarms">
      {value.items.map(({ code, message, hint }) => (
        <Alert key={code} type="error" showIcon title={say(message)} description={say(hint)} />
      ))}
    </div>
  )
}
