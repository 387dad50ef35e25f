/** What the door refused, in words: what is wrong and how to go on. */
import { Alert, Button } from 'antd'
import type { Refused } from '../api/answer.ts'
import { useWords } from '../words/words.tsx'

/** `again` adds a button to try once more. */
export function Problem({ refused, again }: { refused: Refused; again?: () => void }) {
  const { t, say } = useWords()
  return (
    <Alert
      type={refused.status === 0 || refused.status >= 500 ? 'error' : 'warning'}
      showIcon
      title={say(refused.message)}
      description={`${say(refused.hint)}${refused.parameter === undefined ? '' : ` (${refused.parameter})`}`}
      action={
        again && (
          <Button size="small" onClick={again}>
            {t('show.again')}
          </Button>
        )
      }
    />
  )
}
