/** How far the members have come with a version, as a tag. */
import { Tag, type Tone } from '../../show/tag.tsx'
import { useWords } from '../../words/words.tsx'
import type { StandardDocument } from './standards-documents.ts'

const tones: Readonly<Record<NonNullable<StandardDocument['state']>, Tone>> = {
  draft: 'plain',
  proposed: 'busy',
  trial: 'busy',
  active: 'good',
  retiring: 'warn',
  retired: 'plain',
}

/** A dash for what is not on the ledger. */
export function StateTag({ state }: Pick<StandardDocument, 'state'>) {
  const { t } = useWords()
  return state === null ? <>–</> : <Tag tone={tones[state]}>{t(`artefact-state.${state}`)}</Tag>
}
