/** Why a terminology cannot answer. The doors and commands have the words for it. */

/** What the question got wrong, or what is not here. */
export type ProblemCode =
  | 'system-unknown'
  | 'version-unknown'
  | 'not-in-force'
  | 'code-unknown'
  | 'value-set-unknown'
  | 'value-set-circular'
  | 'filter-unsupported'
  | 'pattern-refused'
  | 'too-costly'

/** A problem as a value. `detail` names systems, urls, operators: nothing of a person. */
export interface Problem {
  readonly problem: ProblemCode
  readonly detail: string
}

/** Makes one. */
export const problem = (code: ProblemCode, detail: string): Problem => ({ problem: code, detail })

/** Tells a problem from an answer. */
export function isProblem(answer: object): answer is Problem {
  return 'problem' in answer
}
