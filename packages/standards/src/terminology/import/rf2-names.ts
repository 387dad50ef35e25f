/** From the descriptions of a concept to its display and designations: what is preferred is what the language reference sets say. */
import type { Concept, Designation } from '../concept.ts'

/** Where a description is preferred; one number holds several. */
export const preferredIn = { us: 1, gb: 2, other: 4 } as const

/** An active description. */
export interface Rf2Description {
  /** BCP 47. */
  readonly language: string
  readonly fullySpecified: boolean
  readonly term: string
  /** Bits of {@link preferredIn}. */
  readonly preferred: number
}

/** US English is shown, else British, else any; Chinese is the preferred designation of its language. Undefined without a name. */
export function rf2Names(
  descriptions: readonly Rf2Description[],
): Pick<Concept, 'display' | 'designations'> | undefined {
  const english = descriptions.filter(({ language }) => language === 'en')
  const names = english.filter(({ fullySpecified }) => !fullySpecified)
  const shown =
    names.find(({ preferred }) => (preferred & preferredIn.us) !== 0) ??
    names.find(({ preferred }) => (preferred & preferredIn.gb) !== 0) ??
    names[0] ??
    english[0] ??
    descriptions.find(({ preferred }) => preferred !== 0) ??
    descriptions[0]
  if (shown === undefined) return undefined
  const designations = descriptions.flatMap((one) => (one === shown ? [] : [designationOf(one)]))
  return { display: shown.term, ...(designations.length === 0 ? {} : { designations }) }
}

function designationOf({ language, fullySpecified, term, preferred }: Rf2Description): Designation {
  if (fullySpecified) return { language, value: term, use: 'fully-specified' }
  const isBritish = language === 'en' && preferred === preferredIn.gb
  if (isBritish) return { language: 'en-GB', value: term, use: 'preferred' }
  const isPreferred = language !== 'en' && (preferred & preferredIn.other) !== 0
  return { language, value: term, use: isPreferred ? 'preferred' : 'synonym' }
}
