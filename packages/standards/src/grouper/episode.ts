/** An episode as a grouper sees it: codes of the insurance edition and what else the rules ask. */

/** The first of `diagnoses` is the main one. What is absent is unknown, never assumed. */
export interface Episode {
  readonly diagnoses: readonly string[]
  readonly procedures: readonly string[]
  readonly sex?: 'male' | 'female'
  readonly ageDays?: number
  readonly ventilationHours?: number
}

const MOST_CODES = 200

/** The episode in plain JSON, or undefined when it has not this form. */
export function readEpisode(value: unknown): Episode | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { diagnoses, procedures = [], sex, ageDays, ventilationHours } = value as Partial<Episode>
  const isForm =
    areCodes(diagnoses) &&
    diagnoses.length > 0 &&
    areCodes(procedures) &&
    (sex === undefined || sex === 'male' || sex === 'female') &&
    isCount(ageDays, 60_000) &&
    isCount(ventilationHours, 100_000)
  if (!isForm) return undefined
  return {
    diagnoses,
    procedures,
    ...(sex === undefined ? {} : { sex }),
    ...(ageDays === undefined ? {} : { ageDays }),
    ...(ventilationHours === undefined ? {} : { ventilationHours }),
  }
}

function areCodes(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= MOST_CODES &&
    value.every((code) => typeof code === 'string' && code !== '' && code.length <= 64)
  )
}

function isCount(value: unknown, most: number): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= most)
}
