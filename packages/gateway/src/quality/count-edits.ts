/** Finds elements that one record had changed again and again (S58): by path, never by value. */
import { elementsOf } from '@meridian/protocol'
import type { QualityDays, QualityMeasures, RecordVersion, Vault } from '@meridian/vault'

/** Changes of one element of one record from which it is an alarm. */
const ALARM_EDITS = 3
/** The worst are shown. */
const MOST_SHOWN = 100

/** Elements changed at least three times, most often first. Versions written by the system (`meta`) do not count. */
export async function countEdits(
  quality: Pick<Vault['quality'], 'amended'>,
  days: QualityDays,
): Promise<QualityMeasures['frequentEdits']> {
  const found: { type: string; id: string; path: string; edits: number }[] = []
  for await (const versions of quality.amended(ALARM_EDITS + 1, days)) {
    const [first] = versions
    if (first === undefined) continue
    for (const [path, edits] of editsOf(versions))
      if (edits >= ALARM_EDITS) found.push({ type: first.type, id: first.id, path, edits })
  }
  return found.toSorted((a, b) => b.edits - a.edits).slice(0, MOST_SHOWN)
}

function editsOf(versions: readonly RecordVersion[]): Map<string, number> {
  const edits = new Map<string, number>()
  let before: Map<string, string> | undefined
  for (const { opened } of versions) {
    if (opened === null) continue
    const now = new Map(elementsOf(opened.resource).map(({ path, value }) => [path, value]))
    const paths = before === undefined ? [] : new Set([...before.keys(), ...now.keys()])
    for (const path of paths)
      if (!path.startsWith('/meta') && before?.get(path) !== now.get(path))
        edits.set(path, (edits.get(path) ?? 0) + 1)
    before = now
  }
  return edits
}
