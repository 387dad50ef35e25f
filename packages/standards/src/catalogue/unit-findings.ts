/** Findings of unit. */
export const unitFindings = {} as const
