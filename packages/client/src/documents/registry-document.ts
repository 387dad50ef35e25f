/** The registry of standards, as it travels: versions with their states, who runs them, requests, conflicts, what is in force. */
import {
  ARTEFACT_LAYERS,
  type ArtefactLayer,
  type ArtefactLicence,
  CONFLICT_RESOLUTIONS,
  type ConflictResolution,
  type EffectiveDays,
  type Form,
  hashForm,
  hexForm,
  listForm,
  nullableForm,
  objectForm,
  patternForm,
  STANCES,
  type Stance,
  type VersionName,
  WORKING_GROUP_ROLES,
  type WorkingGroupRole,
  wholeForm,
} from '@meridian/protocol'
import { booleanForm, choiceForm, nameForm, organisationForm } from './plain-forms.ts'

/** The states of a version, as people see them. */
export const ARTEFACT_STATES = ['draft', 'proposed', 'trial', 'active', 'retiring', 'retired'] as const

/** One of them. */
export type ArtefactState = (typeof ARTEFACT_STATES)[number]

/** One registered version. */
export interface LedgerArtefact extends VersionName {
  readonly kind: string
  readonly layer: ArtefactLayer
  readonly steward: string
  readonly publisher: string
  /** None for everywhere. */
  readonly jurisdiction: readonly string[]
  readonly effective: EffectiveDays
  readonly dependencies: readonly VersionName[]
  readonly implements: string | null
  readonly licence: ArtefactLicence
  readonly contentHash: Uint8Array
  readonly vectorsHash: Uint8Array
  readonly registeredHeight: bigint
  readonly state: ArtefactState
  /** Since when it is a draft, in trial or in force. */
  readonly stageHeight: bigint
  readonly retireHeight: bigint | null
  /** What the core members found alike when they ran its vectors. */
  readonly vectorResult: Uint8Array | null
  /** Its keys in the module `registry`: what is said of it, and where it stands. */
  readonly stateKey: Uint8Array
  readonly standingKey: Uint8Array
}

/** Which of them to ask for. */
export interface ArtefactQuery {
  readonly id?: string
  /** Only what counts at this place (GB/T 2260 or `CN`) now; with `day`. */
  readonly inForceAt?: { readonly place: string; readonly day: string }
}

/** The answer of GET /ledger/v1/registry/artefacts. */
export interface LedgerArtefacts {
  /** Of the newest signed block. */
  readonly height: bigint
  /** By id and version. */
  readonly items: readonly LedgerArtefact[]
}

/** Who runs a version from when to when. */
export interface LedgerAdoption extends VersionName {
  readonly organisation: string
  readonly from: string
  /** The first day without it. */
  readonly until: string | null
  readonly height: bigint
  readonly stateKey: Uint8Array
}

/** The answer of GET /ledger/v1/registry/adoptions. */
export interface LedgerAdoptions {
  readonly height: bigint
  readonly items: readonly LedgerAdoption[]
}

/** How far a request for a change is. */
export const CHANGE_STATUSES = [
  'open',
  'in-discussion',
  'accepted',
  'declined',
  'withdrawn',
  'released',
] as const

/** One of them. */
export type ChangeStatus = (typeof CHANGE_STATUSES)[number]

/** What a working group said; its words are outside. */
export interface LedgerComment {
  readonly commentHash: Uint8Array
  readonly organisation: string
  readonly role: WorkingGroupRole
  readonly stance: Stance
  readonly height: bigint
}

/** One request for a change. */
export interface LedgerChangeRequest {
  readonly requestId: Uint8Array
  readonly artefactId: string
  readonly baseVersion: string
  readonly textHash: Uint8Array
  readonly role: WorkingGroupRole
  readonly requester: string
  readonly height: bigint
  readonly status: ChangeStatus
  readonly statusHeight: bigint
  /** The version that brings it, empty unless accepted. */
  readonly version: string
  /** A code, empty unless declined. */
  readonly reason: string
  readonly comments: readonly LedgerComment[]
  readonly stateKey: Uint8Array
}

/** The answer of GET /ledger/v1/registry/requests. */
export interface LedgerChangeRequests {
  readonly height: bigint
  /** The newest first. */
  readonly items: readonly LedgerChangeRequest[]
}

/** How far a conflict is. */
export const CONFLICT_STATES = ['reported', 'assigned', 'resolved'] as const

/** Two versions that answer differently. */
export interface LedgerConflict {
  readonly conflictId: Uint8Array
  readonly first: VersionName
  readonly second: VersionName
  readonly inputHash: Uint8Array
  readonly firstAnswerHash: Uint8Array
  readonly secondAnswerHash: Uint8Array
  readonly evidenceHash: Uint8Array
  readonly reporter: string
  readonly height: bigint
  readonly status: (typeof CONFLICT_STATES)[number]
  readonly statusHeight: bigint
  /** Empty while nobody is to resolve it. */
  readonly assignee: string
  readonly resolution: ConflictResolution | null
  readonly result: VersionName | null
  readonly stateKey: Uint8Array
}

/** The answer of GET /ledger/v1/registry/conflicts. */
export interface LedgerConflicts {
  readonly height: bigint
  /** The newest first. */
  readonly items: readonly LedgerConflict[]
}

const MOST_ITEMS = 10_000
const idForm: Form<string> = patternForm(/^[a-z0-9][a-z0-9._/-]{0,127}$/)
const codeForm: Form<string> = patternForm(/^[A-Za-z0-9._-]{0,64}$/)
const versionForm: Form<string> = patternForm(/^[0-9A-Za-z.-]{0,200}$/)
const dayForm: Form<string> = patternForm(/^\d{4}-\d{2}-\d{2}$/)
const placeForm: Form<string> = patternForm(/^(?:CN|\d{2,6})$/)
const versionNameForm: Form<VersionName> = objectForm<VersionName>({ id: idForm, version: versionForm })

const artefactForm: Form<LedgerArtefact> = objectForm<LedgerArtefact>({
  id: idForm,
  version: versionForm,
  kind: codeForm,
  layer: choiceForm(ARTEFACT_LAYERS),
  steward: organisationForm,
  publisher: organisationForm,
  jurisdiction: listForm(placeForm, { max: 64 }),
  effective: objectForm<EffectiveDays>({ from: dayForm, to: nullableForm(dayForm) }),
  dependencies: listForm(versionNameForm, { max: 64 }),
  implements: nullableForm(nameForm),
  licence: objectForm<ArtefactLicence>({ name: codeForm, shared: booleanForm }),
  contentHash: hashForm,
  vectorsHash: hashForm,
  registeredHeight: wholeForm,
  state: choiceForm(ARTEFACT_STATES),
  stageHeight: wholeForm,
  retireHeight: nullableForm(wholeForm),
  vectorResult: nullableForm(hashForm),
  stateKey: hexForm(),
  standingKey: hexForm(),
})

/** Its form. */
export const artefactsForm: Form<LedgerArtefacts> = objectForm<LedgerArtefacts>({
  height: wholeForm,
  items: listForm(artefactForm, { max: MOST_ITEMS }),
})

/** Its form. */
export const adoptionsForm: Form<LedgerAdoptions> = objectForm<LedgerAdoptions>({
  height: wholeForm,
  items: listForm(
    objectForm<LedgerAdoption>({
      organisation: organisationForm,
      id: idForm,
      version: versionForm,
      from: dayForm,
      until: nullableForm(dayForm),
      height: wholeForm,
      stateKey: hexForm(),
    }),
    { max: MOST_ITEMS },
  ),
})

const commentForm: Form<LedgerComment> = objectForm<LedgerComment>({
  commentHash: hashForm,
  organisation: organisationForm,
  role: choiceForm(WORKING_GROUP_ROLES),
  stance: choiceForm(STANCES),
  height: wholeForm,
})

/** Its form. */
export const changeRequestsForm: Form<LedgerChangeRequests> = objectForm<LedgerChangeRequests>({
  height: wholeForm,
  items: listForm(
    objectForm<LedgerChangeRequest>({
      requestId: hexForm(16),
      artefactId: idForm,
      baseVersion: versionForm,
      textHash: hashForm,
      role: choiceForm(WORKING_GROUP_ROLES),
      requester: organisationForm,
      height: wholeForm,
      status: choiceForm(CHANGE_STATUSES),
      statusHeight: wholeForm,
      version: versionForm,
      reason: codeForm,
      comments: listForm(commentForm, { max: MOST_ITEMS }),
      stateKey: hexForm(),
    }),
    { max: MOST_ITEMS },
  ),
})

/** Its form. */
export const conflictsForm: Form<LedgerConflicts> = objectForm<LedgerConflicts>({
  height: wholeForm,
  items: listForm(
    objectForm<LedgerConflict>({
      conflictId: hexForm(16),
      first: versionNameForm,
      second: versionNameForm,
      inputHash: hashForm,
      firstAnswerHash: hashForm,
      secondAnswerHash: hashForm,
      evidenceHash: hashForm,
      reporter: organisationForm,
      height: wholeForm,
      status: choiceForm(CONFLICT_STATES),
      statusHeight: wholeForm,
      assignee: patternForm(/^[a-z0-9.-]{0,64}$/),
      resolution: nullableForm(choiceForm(CONFLICT_RESOLUTIONS)),
      result: nullableForm(versionNameForm),
      stateKey: hexForm(),
    }),
    { max: MOST_ITEMS },
  ),
})
