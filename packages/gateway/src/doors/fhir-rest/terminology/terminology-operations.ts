/** The operations of R4 on code systems and value sets. */
import { isProblem, type Problem, type Terminology } from '@meridian/standards/terminology'
import { type FhirAnswer, refuseRequest } from '../fhir-answer.ts'
import type { FhirDoorNeeds } from '../needs.ts'
import { quoted } from '../present-version.ts'
import { expandAnswer } from './expand.ts'
import { lookupAnswer } from './lookup.ts'
import type { OperationParameters } from './operation-parameters.ts'

/** One operation. `definition` is HL7's. */
export interface TerminologyOperation {
  readonly type: 'CodeSystem' | 'ValueSet'
  readonly name: string
  readonly definition: string
  /** JSON text, a problem, or the name of the parameter that is missing. */
  answer(
    terminology: Terminology,
    parameters: OperationParameters,
    now: Date,
  ): string | Problem | { readonly wrong: string }
}

const definitionOf = (type: string, name: string) => `http://hl7.org/fhir/OperationDefinition/${type}-${name}`

const lookup: TerminologyOperation = {
  type: 'CodeSystem',
  name: 'lookup',
  definition: definitionOf('CodeSystem', 'lookup'),
  answer: lookupAnswer,
}

const validateInSystem: TerminologyOperation = {
  type: 'CodeSystem',
  name: 'validate-code',
  definition: definitionOf('CodeSystem', 'validate-code'),
  answer(terminology, { value, coding }) {
    const system = value('url') ?? value('system') ?? coding?.system
    const code = value('code') ?? coding?.code
    if (system === undefined) return { wrong: 'url' }
    if (code === undefined) return { wrong: 'code' }
    const checked = terminology.validateCode(system, code, {
      version: value('version') ?? coding?.version,
      display: value('display') ?? coding?.display,
      date: value('date')?.slice(0, 10),
    })
    return isProblem(checked) ? checked : checkText(checked)
  },
}

const validateInSet: TerminologyOperation = {
  type: 'ValueSet',
  name: 'validate-code',
  definition: definitionOf('ValueSet', 'validate-code'),
  answer(terminology, { value, coding }) {
    const url = value('url')
    const code = value('code') ?? coding?.code
    if (url === undefined) return { wrong: 'url' }
    if (code === undefined) return { wrong: 'code' }
    const checked = terminology.validateInSet(url, {
      code,
      system: value('system') ?? coding?.system,
      display: value('display') ?? coding?.display,
      date: value('date')?.slice(0, 10),
    })
    return isProblem(checked) ? checked : checkText(checked)
  },
}

const subsumes: TerminologyOperation = {
  type: 'CodeSystem',
  name: 'subsumes',
  definition: definitionOf('CodeSystem', 'subsumes'),
  answer(terminology, { value }) {
    const [system, a, b] = [value('system'), value('codeA'), value('codeB')]
    if (system === undefined) return { wrong: 'system' }
    if (a === undefined || b === undefined) return { wrong: a === undefined ? 'codeA' : 'codeB' }
    const outcome = terminology.subsumes(system, { a, b }, { version: value('version') })
    if (typeof outcome !== 'string') return outcome
    return `{"resourceType":"Parameters","parameter":[{"name":"outcome","valueCode":"${outcome}"}]}`
  },
}

const expand: TerminologyOperation = {
  type: 'ValueSet',
  name: 'expand',
  definition: definitionOf('ValueSet', 'expand'),
  answer: expandAnswer,
}

/** In the order of the specification. */
export const terminologyOperations: readonly TerminologyOperation[] = [
  lookup,
  validateInSystem,
  subsumes,
  expand,
  validateInSet,
]

/** Runs one: its text, or an OperationOutcome. */
export function answerTerminology(
  { terminology, explain, clock }: Pick<FhirDoorNeeds, 'terminology' | 'explain' | 'clock'>,
  operation: TerminologyOperation,
  parameters: OperationParameters,
): FhirAnswer {
  const answer = operation.answer(terminology, parameters, clock.now())
  if (typeof answer === 'string') return { status: 200, body: answer }
  return 'wrong' in answer
    ? refuseRequest('terminology.parameter', explain, answer.wrong)
    : refuseRequest(`terminology.${answer.problem}`, explain, answer.detail)
}

// PERF: put together as text; an answer is asked for thousands of times a second.
function checkText({
  valid,
  display,
  displayIsWrong,
}: {
  readonly valid: boolean
  readonly display?: string
  readonly displayIsWrong?: true
}): string {
  const shown = display === undefined ? '' : `,{"name":"display","valueString":${quoted(display)}}`
  const message =
    displayIsWrong === true
      ? ',{"name":"message","valueString":"名称与代码不符 The display is not one of this code"}'
      : ''
  return `{"resourceType":"Parameters","parameter":[{"name":"result","valueBoolean":${valid}}${message}${shown}]}`
}
