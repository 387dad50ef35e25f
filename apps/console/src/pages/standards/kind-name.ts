/** The word for a kind of artefact; an unknown one by its code. */
import type { Words } from '../../words/words.tsx'

const kinds = [
  'data-element-catalogue',
  'data-set',
  'value-set',
  'code-system',
  'concept-map',
  'source-mapping',
  'profile',
  'rule-set',
  'quality-rules',
  'grouper',
  'disease-package',
  'contract-template',
  'standards-set',
] as const

/** In the language of the page. */
export function kindName(code: string, { t }: Words): string {
  const kind = kinds.find((one) => one === code)
  return kind === undefined ? code : t(`artefact-kind.${kind}`)
}
