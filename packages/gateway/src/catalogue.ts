/** The words for every refusal of every room, in Chinese and English: one look-up for doors, command line and console. */
import { type Bilingual, findingWords } from '@meridian/standards'
import { corridorCatalogue } from './catalogue-corridor.ts'
import { csvCatalogue } from './catalogue-csv.ts'
import { fhirCatalogue } from './catalogue-fhir.ts'
import { hl7Catalogue } from './catalogue-hl7v2.ts'

/** What is wrong and how to mend it. */
export interface Words {
  readonly message: Bilingual
  readonly hint: Bilingual
}

const words: ReadonlyMap<string, Words> = new Map(
  [...corridorCatalogue, ...csvCatalogue, ...fhirCatalogue, ...hl7Catalogue].map(
    ({ code, message, hint }) => [code, { message, hint }],
  ),
)

const unknown: Words = {
  message: { zh: '该内容被拒收。', en: 'The item was refused.' },
  hint: { zh: '请查看详情中的各条发现。', en: 'See the findings of the item.' },
}

/** The words for a code: a room's own, or a finding's of the standards. */
export function explain(code: string): Words {
  return words.get(code) ?? findingWords(code) ?? unknown
}
