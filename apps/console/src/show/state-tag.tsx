/** Where a record version stands, as a tag: sealed, submitted, final, superseded, erased. */
import type { RecordState } from '../api/documents.ts'
import { useWords } from '../words/words.tsx'
import { Tag, type Tone } from './tag.tsx'

const tones: Readonly<Record<RecordState, Tone>> = {
  sealed: 'busy',
  submitted: 'busy',
  final: 'good',
  superseded: 'plain',
  erased: 'bad',
}

/** The tag with its word. */
export function StateTag({ state }: { state: RecordState }) {
  const { t } = useWords()
  return <Tag tone={tones[state]}>{t(`state.${state}`)}</Tag>
}
