/** The CapabilityStatement (R4 §5.2), made from the tables that the routes and the search rows are made from. */
import { resourceTypes } from '../../store/resource-types.ts'
import { type SearchKind, searchParametersOf } from '../../store/search-parameters.ts'
import { interactions } from './interactions.ts'
import { fhirOperations } from './operations.ts'
import { sourceIdParameter } from './search-query.ts'

/** What the statement says of this installation. `date` is an ISO 8601 instant. */
export interface StatementFacts {
  readonly baseUrl: string
  readonly publisher: string
  readonly software: { readonly name: string; readonly version: string }
  readonly date: string
}

/** R4 search parameter types of our kinds. */
const parameterTypes: Readonly<Record<SearchKind, string>> = {
  token: 'token',
  identifier: 'token',
  reference: 'reference',
  date: 'date',
}

const sourceIdWords =
  'source|id: finds the record that a file-based FHIR source of this institution calls by that id.'

/** The statement as a plain resource. */
export function capabilityStatement(facts: StatementFacts): object {
  const { baseUrl, publisher, software, date } = facts
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    publisher,
    kind: 'instance',
    software,
    implementation: { description: 'Meridian FHIR R4', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        resource: resourceTypes.map(resourceOf),
        interaction: codesOf('system').map((code) => ({ code })),
      },
    ],
  }
}

function resourceOf(type: string): object {
  return {
    type,
    ...operationsOf(type),
    interaction: codesOf('type').map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'not-match',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    referencePolicy: ['literal', 'local'],
    searchParam: [
      { name: '_id', type: 'token' },
      { name: '_lastUpdated', type: 'date' },
      { name: sourceIdParameter, type: 'token', documentation: sourceIdWords },
      ...searchParametersOf(type).map(({ name, kind }) => ({ name, type: parameterTypes[kind] })),
    ],
  }
}

/** Operations stand beside the type that they are called on. */
function operationsOf(type: string): object {
  const own = fhirOperations.filter((one) => one.type === type)
  return own.length === 0 ? {} : { operation: own.map(({ name, definition }) => ({ name, definition })) }
}

function codesOf(level: 'type' | 'system'): string[] {
  return [...new Set(interactions.filter((one) => one.level === level).map((one) => one.code))]
}
