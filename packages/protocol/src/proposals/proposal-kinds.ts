/** The table of proposal kinds and their actions: what the core members may decide (spec 1 §8). Append only. */
import { type CborValue, decodeCbor, encodeCbor } from '../cbor.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import {
  bodyMap,
  bodyOr,
  choiceField,
  field,
  isInteger,
  readBody,
  textField,
} from '../statements/body-fields.ts'
import { MEMBER_CLASSES, type MemberClass } from '../statements/organisation-fields.ts'
import { ARTEFACT_ID, ORGANISATION, VERSION } from '../statements/patterns.ts'
import type { VersionName } from '../statements/registry-fields.ts'

/** About one organisation and nothing else. */
export interface OrganisationAction {
  readonly organisation: string
}

/** Into which class a member comes. */
export interface ChangeClass {
  readonly organisation: string
  readonly memberClass: MemberClass
}

/** A parameter of the chain and its new value. */
export interface ChangeParameter {
  readonly name: string
  readonly value: number
}

/** The version of the rules to come. */
export interface Upgrade {
  readonly version: number
  /** Height from which on what the version gives up is refused; not before the activation height. */
  readonly retireHeight: bigint
}

/** Which version of an artefact is tried. */
export type TryArtefact = VersionName

/** Which version comes into force. */
export interface ActivateArtefact extends VersionName {
  /** Height from which on the version that it replaces is no longer accepted; 0 when it replaces none. */
  readonly retireHeight: bigint
}

/** Which version goes. */
export interface RetireArtefact extends VersionName {
  /** Height from which on it is no longer accepted. */
  readonly retireHeight: bigint
}

/** The action of each kind. */
export interface ProposalActions {
  readonly 'membership.admit': OrganisationAction
  readonly 'membership.change-class': ChangeClass
  readonly 'membership.suspend': OrganisationAction
  readonly 'membership.reinstate': OrganisationAction
  readonly 'membership.expel': OrganisationAction
  readonly 'membership.restore-validator': OrganisationAction
  readonly 'parameters.change': ChangeParameter
  readonly upgrade: Upgrade
  readonly 'artefact.trial': TryArtefact
  readonly 'artefact.activate': ActivateArtefact
  readonly 'artefact.retire': RetireArtefact
}

/** The name of a kind. */
export type ProposalKind = keyof ProposalActions

/** What a member proposes: a kind with its action. */
export type ProposalAction = {
  [K in ProposalKind]: { readonly kind: K; readonly action: ProposalActions[K] }
}[ProposalKind]

interface ActionForm<Action> {
  encode(action: Action): CborValue
  decode(kind: string, value: CborValue): Action | Refusal
}

const aboutOrganisation: ActionForm<OrganisationAction> = {
  encode: (action) => bodyMap(action.organisation),
  decode(kind, value) {
    const fields = readBody(kind, value, 1)
    return bodyOr(fields, { organisation: textField(fields, 1, 'organisation', ORGANISATION) })
  },
}

const changeClass: ActionForm<ChangeClass> = {
  encode: (action) => bodyMap(action.organisation, action.memberClass),
  decode(kind, value) {
    const fields = readBody(kind, value, 2)
    return bodyOr<ChangeClass>(fields, {
      organisation: textField(fields, 1, 'organisation', ORGANISATION),
      memberClass: choiceField(fields, 2, 'memberClass', MEMBER_CLASSES),
    })
  },
}

/** A name of a parameter. */
const PARAMETER = /^[a-z][A-Za-z0-9]{0,63}$/

const isWhole = (value: CborValue): value is number => typeof value === 'number' && value >= 0

const isHeight = (value: CborValue): value is number | bigint =>
  isInteger(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER

const changeParameter: ActionForm<ChangeParameter> = {
  encode: (action) => bodyMap(action.name, action.value),
  decode(kind, value) {
    const fields = readBody(kind, value, 2)
    return bodyOr<ChangeParameter>(fields, {
      name: textField(fields, 1, 'name', PARAMETER),
      value: field(fields, { key: 2, name: 'value' }, isWhole, 0),
    })
  },
}

const isVersion = (value: CborValue): value is number => isWhole(value) && value >= 1 && value < 2 ** 31

const upgrade: ActionForm<Upgrade> = {
  encode: (action) => bodyMap(action.version, action.retireHeight),
  decode(kind, value) {
    const fields = readBody(kind, value, 2)
    return bodyOr<Upgrade>(fields, {
      version: field(fields, { key: 1, name: 'version' }, isVersion, 1),
      retireHeight: BigInt(field(fields, { key: 2, name: 'retireHeight' }, isHeight, 0)),
    })
  },
}

const tryArtefact: ActionForm<TryArtefact> = {
  encode: (action) => bodyMap(action.id, action.version),
  decode(kind, value) {
    const fields = readBody(kind, value, 2)
    return bodyOr<TryArtefact>(fields, {
      id: textField(fields, 1, 'id', ARTEFACT_ID),
      version: textField(fields, 2, 'version', VERSION),
    })
  },
}

/** Of `artefact.activate` and `artefact.retire`, whose actions have the same form. */
const artefactUntil: ActionForm<ActivateArtefact> = {
  encode: (action) => bodyMap(action.id, action.version, action.retireHeight),
  decode(kind, value) {
    const fields = readBody(kind, value, 3)
    return bodyOr<ActivateArtefact>(fields, {
      id: textField(fields, 1, 'id', ARTEFACT_ID),
      version: textField(fields, 2, 'version', VERSION),
      retireHeight: BigInt(field(fields, { key: 3, name: 'retireHeight' }, isHeight, 0)),
    })
  },
}

const forms: { readonly [K in ProposalKind]: ActionForm<ProposalActions[K]> } = {
  'membership.admit': aboutOrganisation,
  'membership.change-class': changeClass,
  'membership.suspend': aboutOrganisation,
  'membership.reinstate': aboutOrganisation,
  'membership.expel': aboutOrganisation,
  'membership.restore-validator': aboutOrganisation,
  'parameters.change': changeParameter,
  upgrade,
  'artefact.trial': tryArtefact,
  'artefact.activate': artefactUntil,
  'artefact.retire': artefactUntil,
}

/** Every kind, in the order of the specification. */
export const proposalKinds: readonly ProposalKind[] = Object.keys(forms) as ProposalKind[]

/** Whether a text names a kind. */
export function isProposalKind(kind: string): kind is ProposalKind {
  return Object.hasOwn(forms, kind)
}

/** The bytes of an action, as `propose` carries them. */
export function encodeAction<K extends ProposalKind>(kind: K, action: ProposalActions[K]): Uint8Array {
  return encodeCbor(forms[kind].encode(action))
}

/** The action in these bytes. Refusals: cbor.*, statement.field-missing, .field-invalid, .field-unknown. */
export function decodeAction<K extends ProposalKind>(
  kind: K,
  bytes: Uint8Array,
): ProposalActions[K] | Refusal {
  const value = decodeCbor(bytes)
  return isRefusal(value) ? value : forms[kind].decode(kind, value)
}
