/** What conversions of a source may use, from what the institution has: the same in the main thread and in a thread of its own. */
import type { KeyObject } from 'node:crypto'
import { keyedDigestUnder } from '@meridian/vault/keyed-digest'
import type { Source } from '../connect/source.ts'
import type { CsvMapping } from './csv-to-fhir/csv-mapping.ts'
import type { StandardiseTools } from './standardised.ts'

/** `resourceIdKey` makes ids of records and nothing else. `mappings` are the CSV mappings by `id|version`. */
export interface ToolParts {
  readonly organisationId: string
  readonly resourceIdKey: KeyObject
  readonly mappings: ReadonlyMap<string, CsvMapping>
}

/** Ids are a keyed digest of source, type and natural key: stable, and of no use to who has not the key. */
export function toolsFor(
  source: Pick<Source, 'name'>,
  { organisationId, resourceIdKey, mappings }: ToolParts,
): StandardiseTools {
  return {
    organisationId,
    identify: (type, naturalKey) =>
      Buffer.from(keyedDigestUnder(resourceIdKey, source.name, type, naturalKey)).toString('hex', 0, 16),
    csvMapping: (idAndVersion) => mappings.get(idAndVersion),
  }
}
