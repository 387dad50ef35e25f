/** A Provenance in plain fields: who, which equipment, from which system and message, how, by which map. */
import { type CanonicalText, plainCopy } from '@meridian/protocol'
import type { Role } from '@meridian/vault'

/** Somebody or something that took part. `name` is withheld from researchers unless it is a device. */
export interface ProvenanceParticipant {
  readonly role: string
  readonly kind: string
  readonly name?: string
  readonly identifier?: string
  readonly onBehalfOf?: string
}

/** What the record page shows. Absent where the source did not say. */
export interface ProvenanceDocument {
  readonly participants: readonly ProvenanceParticipant[]
  readonly sources: readonly {
    readonly system?: string
    readonly record?: string
    readonly display?: string
  }[]
  readonly event?: string
  readonly recorded?: string
  readonly captureMethod?: string
  readonly map?: string
  readonly standards: readonly string[]
}

type Plain = { readonly [key: string]: unknown }

const objects = (value: unknown): Plain[] =>
  (Array.isArray(value) ? value : []).filter((x): x is Plain => typeof x === 'object' && x !== null)
const object = (value: unknown): Plain =>
  typeof value === 'object' && value !== null ? (value as Plain) : {}
const string = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** Leaves undefined members out, so that absent stays absent in the JSON. */
function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
}

/** Reads any Provenance (ours or a sender's): unknown shapes give fewer fields, never a throw. */
export function provenanceDocument(text: CanonicalText, role: Role): ProvenanceDocument {
  const provenance = object(plainCopy(text))
  const extension = (name: string) =>
    objects(provenance.extension).filter((e) => string(e.url)?.endsWith(`:extension:${name}`))
  const policies = (Array.isArray(provenance.policy) ? provenance.policy : []).flatMap((p) => string(p) ?? [])
  return compact<ProvenanceDocument>({
    participants: objects(provenance.agent).map((agent) => participant(agent, role)),
    sources: objects(provenance.entity).map((entity) => {
      const what = object(entity.what)
      const identifier = object(what.identifier)
      return compact<ProvenanceDocument['sources'][number]>({
        system: string(identifier.system),
        record: role === 'researcher' ? undefined : (string(identifier.value) ?? string(what.reference)),
        display: string(what.display),
      })
    }),
    event: string(object(provenance.activity).text),
    recorded: string(provenance.recorded),
    captureMethod: string(extension('capture-method')[0]?.valueCode),
    map: policies.map(mapOf).find((map) => map !== undefined),
    standards: policies.filter((uri) => mapOf(uri) === undefined),
  })
}

/** `urn:meridian:map:<id>:<version>` as `id version`. */
function mapOf(uri: string): string | undefined {
  const [, id, version] = /^urn:meridian:map:([^:]+):([^:]+)$/.exec(uri) ?? []
  return id === undefined || version === undefined ? undefined : `${unescaped(id)} ${unescaped(version)}`
}

/** Percent-decoded; as it stands when it is not well formed. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function participant(agent: Plain, role: Role): ProvenanceParticipant {
  const who = object(agent.who)
  const kind = string(who.type) ?? string(who.reference)?.split('/')[0] ?? 'Practitioner'
  const isHidden = role === 'researcher' && kind !== 'Device'
  const identifier = string(object(who.identifier).value)
  const on = object(agent.onBehalfOf)
  return compact<ProvenanceParticipant>({
    role: string(objects(object(agent.type).coding)[0]?.code) ?? 'performer',
    kind,
    name: isHidden ? undefined : string(who.display),
    identifier: isHidden ? undefined : (identifier ?? string(who.reference)),
    onBehalfOf: string(on.display) ?? string(object(on.identifier).value) ?? string(on.reference),
  })
}
