/** Reads, for all items of a group at once, the records that their updates complete. */
import { accessAll, type Records } from '@meridian/vault'
import {
  createJoiner,
  type ExistingRecord,
  type Joiner,
  recordsToLookUp,
} from './hl7v2-to-fhir/join-existing.ts'
import type { Standardised } from './standardised.ts'

/** The joiner of a group. The corridor is the institution itself, so it reads what it must whoever may see it. */
export async function openJoiner(
  items: readonly Standardised[],
  records: Pick<Records, 'readMany'>,
): Promise<Joiner> {
  const names = recordsToLookUp(items).map((name) => {
    const [type = '', id = ''] = name.split('/')
    return { type, id }
  })
  const heads = new Map<string, ExistingRecord>()
  for (const { type, id, opened, operation, times } of await records.readMany(names, accessAll)) {
    if (opened === null || operation === 'delete') continue
    const messageTime = times.message === undefined ? {} : { messageTime: times.message }
    heads.set(`${type}/${id}`, { text: opened.resource, ...messageTime })
  }
  return createJoiner(heads)
}
