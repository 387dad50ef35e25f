/** What the FHIR door answers, apart from HTTP: the same answer is a response of its own or an entry of a Bundle. */
import type { Bilingual, Finding } from '@meridian/standards'
import type { RoomRefusal } from '../../room-refusal.ts'

/** `body` is JSON text. */
export interface FhirAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One thing that is said in an OperationOutcome. `place` is a FHIRPath, a header or a parameter's name. */
export interface Issue {
  readonly severity: 'error' | 'warning' | 'information'
  readonly code: string
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly place?: string
}

type Explain = (code: string) => { readonly message: Bilingual; readonly hint: Bilingual }

/** HTTP status and FHIR issue type (hl7.org/fhir/R4/valueset-issue-type.html) of a code; a prefix ends with a dot. */
const kinds: readonly (readonly [code: string, status: number, issueType: string])[] = [
  ['rest.unauthenticated', 401, 'login'],
  ['rest.forbidden', 403, 'forbidden'],
  ['rest.too-many-requests', 429, 'throttled'],
  ['rest.address-unknown', 404, 'not-supported'],
  ['rest.type-unknown', 404, 'not-supported'],
  ['rest.not-found', 404, 'not-found'],
  ['rest.deleted', 410, 'deleted'],
  ['rest.erased', 410, 'deleted'],
  ['rest.content-type', 415, 'not-supported'],
  ['rest.not-acceptable', 406, 'not-supported'],
  ['rest.too-large', 413, 'too-long'],
  ['rest.too-many-entries', 413, 'too-costly'],
  ['rest.repeated-refused', 422, 'duplicate'],
  ['rest.older', 409, 'conflict'],
  ['rest.outside-failed', 503, 'transient'],
  ['rest.', 400, 'invalid'],
  ['terminology.parameter', 400, 'required'],
  ['terminology.filter-unsupported', 422, 'not-supported'],
  ['terminology.pattern-refused', 422, 'too-costly'],
  ['terminology.too-costly', 422, 'too-costly'],
  ['terminology.value-set-circular', 422, 'processing'],
  ['terminology.', 404, 'not-found'],
  ['text.too-', 413, 'too-long'],
  ['text.', 400, 'structure'],
  ['fhir.condition.many', 412, 'multiple-matches'],
  ['fhir.document.too-large', 413, 'too-long'],
  ['fhir.', 400, 'invalid'],
  ['store.version-conflict', 412, 'conflict'],
  ['store.', 409, 'conflict'],
  ['connect.control-id-reused', 409, 'duplicate'],
  ['standardise.unexpected', 500, 'exception'],
]

const otherwise = ['', 422, 'invalid'] as const

function kindOf(code: string): readonly [string, number, string] {
  return (
    kinds.find(([prefix]) => code === prefix || (/[.-]$/.test(prefix) && code.startsWith(prefix))) ??
    otherwise
  )
}

/** The answer to something this door itself refuses. */
export function refuseRequest(code: string, explain: Explain, place?: string): FhirAnswer {
  const issue: Issue = {
    severity: 'error',
    code,
    ...explain(code),
    ...(place === undefined ? {} : { place }),
  }
  return outcomeAnswer(kindOf(code)[1], [issue])
}

/** The answer to what a room of the corridor refused: its findings, or the refusal itself when it has none. */
export function refuseItem(refusal: RoomRefusal, explain: Explain): FhirAnswer {
  const own = refusal.place === undefined ? {} : { place: refusal.place }
  const issues: Issue[] =
    refusal.findings.length > 0
      ? refusal.findings.map(issueOf)
      : [{ severity: 'error', code: refusal.code, ...explain(refusal.code), ...own }]
  const status = refusal.refusedBy === 'validate' ? 422 : kindOf(refusal.code)[1]
  return outcomeAnswer(status, issues)
}

/** An OperationOutcome as an answer. */
export function outcomeAnswer(status: number, issues: readonly Issue[]): FhirAnswer {
  return { status, body: operationOutcome(issues) }
}

/** The JSON text of an OperationOutcome: Chinese in the text, English in the translation extension (R4 §2.24.0.2). */
export function operationOutcome(issues: readonly Issue[]): string {
  return JSON.stringify({ resourceType: 'OperationOutcome', issue: issues.map(outcomeIssue) })
}

function issueOf({ severity, code, message, hint, path }: Finding): Issue {
  return { severity, code, message, hint, place: path }
}

function outcomeIssue({ severity, code, message, hint, place }: Issue): object {
  return {
    severity,
    code: kindOf(code)[2],
    details: {
      coding: [{ system: 'urn:meridian:refusal', code }],
      text: message.zh,
      _text: translation(message.en),
    },
    diagnostics: hint.zh,
    _diagnostics: translation(hint.en),
    ...(place === undefined ? {} : { expression: [place] }),
  }
}

function translation(content: string): object {
  return {
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/translation',
        extension: [
          { url: 'lang', valueCode: 'en' },
          { url: 'content', valueString: content },
        ],
      },
    ],
  }
}
