/** The forms that parameters of several routes share, as JSON Schema. */

const text = (pattern: string, maxLength: number) => ({ type: 'string', pattern, maxLength })

/** A FHIR resource type. */
export const typeForm = text('^[A-Z][A-Za-z]+$', 64)
/** A FHIR id. */
export const idForm = text('^[A-Za-z0-9.-]+$', 64)
/** A whole number from 1, as it stands in a path. */
export const numberForm = text('^[1-9][0-9]*$', 15)
/** An opaque cursor. */
export const cursorForm = text('^[\\w.~=:+/-]+$', 512)
/** A key of the corridor's catalogue. */
export const codeForm = text('^[A-Za-z0-9][\\w.-]*$', 100)
/** An id of a delivery. */
export const deliveryForm = text('^[\\w.-]+$', 128)
/** The name of a source. */
export const sourceForm = { type: 'string', minLength: 1, maxLength: 128 }
export const roomForm = { enum: ['connect', 'standardise', 'validate', 'store', 'anchor'] }
export const stateForm = { enum: ['received', 'sealed', 'submitted', 'final', 'superseded', 'erased'] }
export const roleForm = { enum: ['administrator', 'clerk', 'researcher', 'auditor'] }
/** A user's name: what is typed at sign-in. */
export const nameForm = { type: 'string', minLength: 1, maxLength: 64 }
/** An organisation on the ledger. */
export const organisationForm = text('^[a-z0-9][a-z0-9.-]*$', 64)
/** An id of a proposal, hex. */
export const proposalForm = text('^[0-9a-f]{32}$', 32)
/** The name of a parameter of the chain. */
export const parameterNameForm = text('^[a-z][A-Za-z0-9]*$', 64)
/** A whole number from `least` to `most`. */
export const wholeForm = (least: number, most: number) => ({
  type: 'integer',
  minimum: least,
  maximum: most,
})
export const passwordForm = { type: 'string', minLength: 1, maxLength: 256 }

/** An object with exactly these properties, all required unless named in `optional`. */
export function exactly(properties: Record<string, object>, optional: readonly string[] = []): object {
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
  }
}

/** The same with every property optional: a query string. */
export function anyOfThese(properties: Record<string, object>): object {
  return exactly(properties, Object.keys(properties))
}
