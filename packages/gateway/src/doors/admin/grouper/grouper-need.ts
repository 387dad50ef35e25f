/** What the grouper page needs of the node: the answers of its operation. */

/** What is asked: a typed episode, or an encounter of the own records. */
export interface GrouperQuestion {
  readonly tables?: string
  readonly year?: string
  readonly episode?: unknown
  readonly encounter?: string
}

/** `wrong`: there is no such grouper, year or encounter, or the episode has no form. */
export interface GrouperNeed {
  list(): Promise<object>
  group(question: GrouperQuestion): Promise<object | 'wrong'>
}
