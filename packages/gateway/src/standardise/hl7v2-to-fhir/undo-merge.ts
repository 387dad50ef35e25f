/** Takes a merge of two patients back: the links between them go, and the one that was merged away is active again. */
import type { CanonicalText } from '@meridian/protocol'
import { removeMember, setMember, valueAt } from '@meridian/protocol'
import { itemSlices } from '../../json-slices.ts'

/**
 * The text of one of the two without the merge, or undefined when it is not merged with `other` (`Patient/id`). What was added to
 * the survivor since stays with it: the versions before the merge are in its history.
 */
export function undoMerge(patient: CanonicalText, other: string): CanonicalText | undefined {
  const links = valueAt(patient, '/link')
  if (links === undefined) return undefined
  const items = (itemSlices(links) ?? []).map(({ from, to }) => links.slice(from, to))
  const rest = items.filter((item) => mergeTypeOf(item, other) === undefined)
  if (rest.length === items.length) return undefined
  const text =
    rest.length === 0
      ? removeMember(patient, '', 'link')
      : setMember(patient, '', { name: 'link', value: `[${rest.join(',')}]` as CanonicalText })
  const wasAway = items.some((item) => mergeTypeOf(item, other) === 'replaced-by')
  const isStillAway = rest.some((item) => (JSON.parse(item) as Link).type === 'replaced-by')
  if (!wasAway || isStillAway) return text
  return setMember(text, '', { name: 'active', value: 'true' as CanonicalText })
}

interface Link {
  readonly type?: string
  readonly other?: { readonly reference?: string }
}

function mergeTypeOf(item: string, other: string): string | undefined {
  const link = JSON.parse(item) as Link
  const isMerge = link.type === 'replaces' || link.type === 'replaced-by'
  return isMerge && link.other?.reference === other ? link.type : undefined
}
