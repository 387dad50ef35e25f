/** Takes a merge of two patients back: the links between them go, and the prior patient is active again. */
import type { CanonicalText } from '@meridian/protocol'
import { removeMember, setMember, valueAt } from '@meridian/protocol'
import { itemSlices } from '../../json-slices.ts'

/** The texts of the two patients, and their ids. */
export interface MergedPatients {
  readonly survivor: CanonicalText
  readonly prior: CanonicalText
  readonly survivorId: string
  readonly priorId: string
}

/**
 * The texts without the merge, or undefined when the two are not merged with one another. What was added to the survivor since
 * stays with it: the versions before the merge are in its history.
 */
export function undoMerge(
  merged: MergedPatients,
): { survivor: CanonicalText; prior: CanonicalText } | undefined {
  const survivor = withoutLink(merged.survivor, `Patient/${merged.priorId}`, 'replaces')
  const prior = withoutLink(merged.prior, `Patient/${merged.survivorId}`, 'replaced-by')
  if (survivor === undefined || prior === undefined) return undefined
  return { survivor, prior: setMember(prior, '', { name: 'active', value: 'true' as CanonicalText }) }
}

function withoutLink(text: CanonicalText, reference: string, type: string): CanonicalText | undefined {
  const links = valueAt(text, '/link')
  if (links === undefined) return undefined
  const items = (itemSlices(links) ?? []).map(({ from, to }) => links.slice(from, to))
  const rest = items.filter((item) => !isLink(JSON.parse(item), reference, type))
  if (rest.length === items.length) return undefined
  if (rest.length === 0) return removeMember(text, '', 'link')
  return setMember(text, '', { name: 'link', value: `[${rest.join(',')}]` as CanonicalText })
}

function isLink(
  link: { type?: string; other?: { reference?: string } },
  reference: string,
  type: string,
): boolean {
  return link.type === type && link.other?.reference === reference
}
