/** The shape of one row of the refusal tables (spec 6). */

/**
 * One refusal. `code` is `subject.reason`; `number` is unique for ever and becomes the ABCI code, so it is consensus
 * data. `en` and `zh` say what is wrong and how to mend it; `{name}` stands for a member of the refusal's detail.
 */
export interface RefusalRow {
  readonly code: string
  readonly number: number
  readonly en: string
  readonly zh: string
}
