/** Findings of cn. */
export const cnFindings = {} as const
