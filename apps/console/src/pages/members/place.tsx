/** A place in the tree: indented by how deep it is, named once for all members that are there. */
import type { CSSProperties } from 'react'
import { placePath } from '../../show/place-path.ts'
import { provinceName } from '../../show/province-name.ts'
import { useWords } from '../../words/words.tsx'

const levels = [
  'place-level.nation',
  'place-level.province',
  'place-level.city',
  'place-level.county',
] as const

/** The whole way is in the title and read out for every member. */
export function Place({ place, isFirst }: { place: string; isFirst: boolean }) {
  const { t, say } = useWords()
  const path = placePath(place)
  const depth = path.length - 1
  const nameOf = (code: string): string => {
    const name = provinceName(code)
    if (name !== undefined) return say(name)
    return `${t(levels[placePath(code).length - 1] ?? 'place-level.county')} ${code}`
  }
  return (
    <span
      className={isFirst ? 'place' : 'place place-again'}
      style={{ '--depth': depth } as CSSProperties}
      title={path.map(nameOf).join(' / ')}
    >
      {depth > 0 && (
        <span className="place-branch" aria-hidden="true">
          └
        </span>
      )}
      {nameOf(place)}
    </span>
  )
}
