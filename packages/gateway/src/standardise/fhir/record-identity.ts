/** Which id a FHIR item's record gets: the sender's own under the source's name for files, the client's or a new one for REST. */
import type { Received } from '../../connect/received.ts'
import type { StandardiseTools } from '../standardised.ts'
import type { ResourceAddress } from './sender-urls.ts'

/** The ways ids are given within one received item. */
export interface RecordIdentity {
  /** The id for what the sender calls `type/id`; the same for ever, and different for another source of the same name. */
  ofSender(type: string, id: string, foreignBase?: string): string
  /** The id for a condition that stands in a file: create, update and reference with the same condition meet in it. */
  ofCondition(type: string, query: string): string
  /** A new id, the same again when the same delivery is converted again. */
  ofPlace(type: string, place: string): string
  /** True when ids in what was sent are ours already (REST). */
  readonly idsAreOurs: boolean
}

/**
 * The id of the record that a file-based FHIR source calls `Type/id`, or by a full address. The id is a keyed digest of source and
 * name, so nothing need be kept to find it, and nobody without the key can guess it.
 */
export function recordIdOfSender(
  source: string,
  { base, type, id }: ResourceAddress,
  tools: Pick<StandardiseTools, 'identify'>,
): string {
  return derived(source, tools, type, 'id', base === undefined ? id : `${base}/${type}/${id}`)
}

function derived(
  source: string,
  tools: Pick<StandardiseTools, 'identify'>,
  type: string,
  ...parts: string[]
): string {
  return tools.identify(type, JSON.stringify([source, ...parts]))
}

/** The identity rules for one received item. */
export function identityFor(received: Received, tools: StandardiseTools): RecordIdentity {
  const idsAreOurs = received.context.via === 'rest'
  const source = received.source.name
  const derive = (type: string, ...parts: string[]) => derived(source, tools, type, ...parts)
  return {
    idsAreOurs,
    ofSender: (type, id, foreignBase) => {
      if (foreignBase === undefined && idsAreOurs) return id
      const address = foreignBase === undefined ? { type, id } : { base: foreignBase, type, id }
      return recordIdOfSender(source, address, tools)
    },
    ofCondition: (type, query) => derive(type, 'condition', query),
    ofPlace: (type, place) => derive(type, 'delivery', received.deliveryId, place),
  }
}
