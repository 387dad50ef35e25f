/** The records of one encounter in the own vault: the encounter, its diagnoses, its procedures, the patient. */
import { plainCopy } from '@meridian/protocol'
import { accessAll, type RecordVersion } from '@meridian/vault'
import type { Node } from '../wiring/node.ts'

/** Diagnoses and procedures of one encounter that are looked at. */
const MOST = 200

/** Plain FHIR; empty when there is no such encounter or it may not be read. `id` is ours, as `records` names it or without what stands around it. */
export async function episodeRecords(
  { vault: { records } }: Pick<Node, 'vault'>,
  id: string,
  access: typeof accessAll = accessAll,
): Promise<readonly unknown[]> {
  const name = id.replace(/^Encounter\//, '').replace(/\/_history\/\d+$/, '')
  const encounter = await records.read('Encounter', name, access)
  const content = encounter === undefined ? undefined : resourceOf(encounter)
  if (content === undefined) return []
  const of = async (type: string) => {
    const criteria = [{ kind: 'reference' as const, param: 'encounter', anyOf: [`Encounter/${name}`] }]
    const page = await records.search({ type, criteria, count: MOST, order: 'oldest-first' }, access)
    return (page?.items ?? []).flatMap((item) => resourceOf(item) ?? [])
  }
  const { subject, diagnosis } = content as {
    subject?: Referring
    diagnosis?: readonly { condition?: Referring }[]
  }
  const named = [subject, ...(Array.isArray(diagnosis) ? diagnosis.map((one) => one?.condition) : [])]
  const byName = named.flatMap((one) => nameOf(one?.reference) ?? []).slice(0, MOST)
  const [conditions, procedures, others] = [
    await of('Condition'),
    await of('Procedure'),
    (await records.readMany(byName, access)).flatMap((item) => resourceOf(item) ?? []),
  ]
  const all = [content, ...others, ...conditions, ...procedures]
  return [...new Map(all.map((one) => [`${one.resourceType}/${one.id}`, one])).values()]
}

interface Referring {
  readonly reference?: unknown
}

interface Resource {
  readonly resourceType?: unknown
  readonly id?: unknown
}

function nameOf(reference: unknown): { type: string; id: string } | undefined {
  const [, type, id] = /^(Patient|Condition)\/([A-Za-z0-9.-]{1,64})$/.exec(String(reference ?? '')) ?? []
  return type === undefined || id === undefined ? undefined : { type, id }
}

function resourceOf({ opened }: RecordVersion): Resource | undefined {
  return opened === null ? undefined : (plainCopy(opened.resource) as Resource)
}
