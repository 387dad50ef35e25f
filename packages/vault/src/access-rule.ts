/** Who may read which records, as a value that every reading query compiles into its SQL (design: The vault). */

/**
 * An allow-list: a record is readable when every member admits it. `patients` names patient ids; a record that belongs
 * to no patient (an Organization) is readable under a list of patients only when `referenceData` is true.
 */
export interface AccessRule {
  readonly types: 'all' | readonly string[]
  readonly patients: 'all' | readonly string[]
  readonly sources: 'all' | readonly string[]
  readonly referenceData: boolean
}

/** The institution's own staff: everything. */
export const accessAll: AccessRule = { types: 'all', patients: 'all', sources: 'all', referenceData: true }

/** Nothing at all: the rule of a role that reads no records. */
export const accessNone: AccessRule = { types: [], patients: [], sources: [], referenceData: false }
