/** The FHIR operations of the door as one table: routes and capability documents come from it (R4 §3.2). They read standards and no record. */
import { type FhirAnswer, refuseRequest } from './fhir-answer.ts'
import type { Interaction } from './interactions.ts'
import type { OpenDoorNeeds } from './needs.ts'
import {
  type OperationParameters,
  parametersOfBody,
  parametersOfQuery,
} from './terminology/operation-parameters.ts'
import { answerTerminology, terminologyOperations } from './terminology/terminology-operations.ts'
import { translateCode } from './translate-code.ts'

/** One operation, called on a type. `definition` is HL7's. */
export interface FhirOperation {
  readonly type: 'CodeSystem' | 'ValueSet' | 'ConceptMap'
  readonly name: string
  readonly definition: string
  answer(needs: OpenDoorNeeds, parameters: OperationParameters): FhirAnswer
}

const translate: FhirOperation = {
  type: 'ConceptMap',
  name: 'translate',
  definition: 'http://hl7.org/fhir/OperationDefinition/ConceptMap-translate',
  answer: translateCode,
}

/** Every operation, in the order of the specification. */
export const fhirOperations: readonly FhirOperation[] = [
  ...terminologyOperations.map(
    (one): FhirOperation => ({
      ...one,
      answer: (needs, parameters) => answerTerminology(needs, one, parameters),
    }),
  ),
  translate,
]

/** Each by GET with a query and by POST with Parameters. */
export const operationRoutes: readonly Interaction[] = fhirOperations.flatMap((one): Interaction[] => {
  const shared = { code: 'operation', level: 'operation', path: `/${one.type}/$${one.name}` } as const
  const answered = (needs: OpenDoorNeeds, parameters: OperationParameters | undefined): FhirAnswer =>
    parameters === undefined
      ? refuseRequest('terminology.parameter', needs.explain)
      : one.answer(needs, parameters)
  return [
    {
      ...shared,
      method: 'GET',
      answer: async (needs, _caller, { query }) => answered(needs, parametersOfQuery(query)),
    },
    {
      ...shared,
      method: 'POST',
      body: 'resource',
      answer: async (needs, _caller, { body }) => answered(needs, parametersOfBody(body)),
    },
  ]
})
