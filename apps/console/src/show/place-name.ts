/** The place a refusal names, in the console's words: a column, a line, or the name of a field or element as it is. */
import type { Words } from '../words/words.tsx'

/** `column "体温" (Observation.value)` → 列“体温” (Observation.value); `line 2, column 3` → 第 2 行第 3 列; others as they are. */
export function placeName(place: string, { t }: Pick<Words, 't'>): string {
  const [, name, element] = /^column "(.+?)"(?: \((.+)\))?$/.exec(place) ?? []
  if (name !== undefined) {
    const column = t('place.column', { name })
    return element === undefined ? column : `${column} (${element})`
  }
  const [, line, column] = /^(?:line (\d+))?(?:(?:^|, )column (\d+))?$/.exec(place) ?? []
  if (line !== undefined && column !== undefined) return t('place.line-and-column', { line, column })
  if (line !== undefined) return t('place.line', { line })
  return column === undefined ? place : t('place.column-number', { column })
}
