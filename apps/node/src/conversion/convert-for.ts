/** Converts a record of this node for another organisation: negotiated by its capability, by the maps in force here, sealed with its terms. */
import { type CanonicalText, canonicalTextOf, toHex, valueAt } from '@meridian/protocol'
import {
  type ConversionDocument,
  convertRecord,
  sealConversion,
  type Translate,
  translate,
} from '@meridian/standards'
import type { RecordVersion } from '@meridian/vault'
import type { NamedMap } from '../standards/map-shelf.ts'
import type { Node } from '../wiring/node.ts'
import { patientContext } from './patient-context.ts'
import { capabilityOf } from './receiver-capability.ts'

/** `recorded`: ISO 8601; the same gives the same bytes. */
export interface ConvertAsked {
  readonly version: RecordVersion
  readonly opened: NonNullable<RecordVersion['opened']>
  readonly to: string
  readonly recorded: string
}

/** The document for the receiver. @throws OperationRefused when it has published nothing. */
export async function convertFor(node: Node, asked: ConvertAsked): Promise<ConversionDocument> {
  const { version, opened, to, recorded } = asked
  const { capability, hash } = await capabilityOf(node, to)
  const resource = valueAt(opened.content, '/resource') as CanonicalText
  const context = await patientContext(node, resource)
  const converted = convertRecord(resource, capability, translator(node.maps.inForce(), context))
  const from = node.configuration.organisation.id
  const input = toHex(version.commitment)
  const terms = {
    from,
    to,
    capability: hash,
    genesisHash: toHex(node.genesisHash),
    kind: version.type,
    standardsSetHash: toHex(node.standardsSetHash),
    input,
    maps: converted.maps,
    recorded,
  }
  return sealConversion({
    suite: node.suite,
    terms,
    losses: converted.losses,
    inputSecret: opened.secret,
    provenance: provenanceOf(version, terms),
    resource: converted.text,
  })
}

/** The first wanted system to which a map leads; the maps in the order of their ids. */
function translator(maps: readonly NamedMap[], context: Parameters<typeof translate>[2]): Translate {
  return ({ system, code }, wanted) => {
    const leading = wanted.flatMap((target) =>
      maps.filter(({ map }) => map.source === system && map.target === target),
    )
    if (leading.length === 0) return 'no-map'
    for (const { map, id, version, hash } of leading) {
      const { targets } = translate(map, code, context)
      if (targets.length > 0) return targets.map((target) => ({ ...target, map: { id, version, hash } }))
    }
    return []
  }
}

/** Who converted what, when and by which maps (FHIR R4 Provenance). */
function provenanceOf(
  { type, id }: RecordVersion,
  terms: {
    readonly from: string
    readonly input: string
    readonly recorded: string
    readonly maps: readonly { readonly id: string; readonly version: string }[]
  },
): CanonicalText {
  const operation = 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle'
  return canonicalTextOf({
    resourceType: 'Provenance',
    target: [{ reference: `${type}/${id}` }],
    recorded: terms.recorded,
    ...(terms.maps.length === 0
      ? {}
      : { policy: terms.maps.map((map) => `urn:meridian:artefact:${map.id}|${map.version}`) }),
    activity: { coding: [{ system: operation, code: 'transform' }] },
    agent: [{ who: { identifier: { system: 'urn:meridian:organisation', value: terms.from } } }],
    entity: [
      { role: 'source', what: { identifier: { system: 'urn:meridian:commitment', value: terms.input } } },
    ],
  })
}
