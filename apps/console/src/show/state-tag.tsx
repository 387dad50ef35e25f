/** Where a record version stands, as a tag: received, sealed, submitted, final, superseded, erased. */
import type { RecordState } from '../api/documents.ts'
import { useWords } from '../words/words.tsx'
import { Tag, type Tone } from './tag.tsx'

const tones: Readonly<Record<RecordState | 'received', Tone>> = {
  received: 'busy',
  sealed: 'busy',
  submitted: 'busy',
  final: 'good',
  superseded: 'plain',
  erased: 'bad',
}

/** The tag with its word. */
export function StateTag({ state }: { state: RecordState | 'received' }) {
  const { t } = useWords()
  return <Tag tone={tones[state]}>{t(`state.${state}`)}</Tag>
}
