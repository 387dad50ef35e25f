/** A text field in which places are marked: the marks are drawn on a copy of the text behind it, line by line the same. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { Mark } from '../../api/documents.ts'
import { useWords } from '../../words/words.tsx'

type Props = { text: string; marks: readonly Mark[]; onChange: (text: string) => void; readOnly: boolean }

/** Opens with the first mark selected and in view, so that typing mends it. */
export function MarkedEditor({ text, marks, onChange, readOnly }: Props) {
  const { t } = useWords()
  const field = useRef<HTMLTextAreaElement>(null)
  const first = marks[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the item is opened, never while one types.
  useEffect(() => {
    if (first === undefined || field.current === null) return
    field.current.setSelectionRange(first.from, first.to)
  }, [])
  return (
    <div className="marked">
      <div className="marked-sheet">
        <pre className="marked-copy" aria-hidden="true">
          {withMarks(text, marks)}
          {'\n'}
        </pre>
        <textarea
          ref={field}
          className="marked-field"
          aria-label={t('quarantine.text')}
          value={text}
          readOnly={readOnly}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </div>
  )
}

function withMarks(text: string, marks: readonly Mark[]): ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to } of marks) {
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  parts.push(text.slice(at))
  return parts
}
