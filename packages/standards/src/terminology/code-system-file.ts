/** The file of a shipped code system (`concepts.json`): one list of concepts, some only in some releases of it. */
import type { Bilingual } from '../finding.ts'
import type { Concept, ConceptProperty, Designation } from './concept.ts'

/** A concept as it is written by hand. Without `spans` it is in every release, with its properties. */
export interface WrittenConcept {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly synonyms?: readonly string[]
  readonly abbreviations?: readonly string[]
  readonly parents?: readonly string[]
  readonly properties?: Readonly<Record<string, ConceptProperty['value']>>
  /** The days on which it was part of the system, and what held then. */
  readonly spans?: readonly {
    readonly from: string
    readonly to?: string
    readonly properties?: Readonly<Record<string, ConceptProperty['value']>>
  }[]
}

/** The whole file. */
export interface CodeSystemFile {
  readonly system: string
  readonly titles: Bilingual
  readonly fragment?: true
  readonly source: string
  readonly releases: readonly { readonly version: string; readonly from?: string; readonly to?: string }[]
  readonly concepts: readonly WrittenConcept[]
}

/** The concepts of the release that begins on `from`; all of them when it has no beginning. */
export function conceptsOn({ concepts }: CodeSystemFile, from: string | undefined): Concept[] {
  return concepts.flatMap((written) => {
    const { spans } = written
    const span = spans?.find(
      (one) => one.from <= (from ?? '') && (one.to === undefined || (from ?? '') <= one.to),
    )
    if (spans !== undefined && span === undefined) return []
    return [conceptOf(written, { ...written.properties, ...span?.properties })]
  })
}

function conceptOf(
  { code, zh, en, synonyms = [], abbreviations = [], parents }: WrittenConcept,
  properties: Readonly<Record<string, ConceptProperty['value']>>,
): Concept {
  const all = Object.entries(properties).map(([name, value]) => ({ code: name, value }))
  const designations: Designation[] = [
    { language: 'en', value: en, use: 'preferred' },
    ...synonyms.map((value) => ({ language: languageOf(value), value, use: 'synonym' as const })),
    ...abbreviations.map((value) => ({ language: 'en', value, use: 'abbreviation' as const })),
  ]
  return {
    code,
    display: zh,
    designations,
    ...(all.length === 0 ? {} : { properties: all }),
    ...(parents === undefined ? {} : { parents }),
  }
}

const languageOf = (text: string): string => (/[\u3400-\u9fff]/.test(text) ? 'zh-CN' : 'en')
