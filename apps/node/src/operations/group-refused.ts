/** How the operations of grouping refuse. */
import { OperationRefused } from './operation.ts'

/** A refusal with its words, without the stop at the end. */
export function groupRefused(code: string, zh: string, en: string): OperationRefused {
  return new OperationRefused(code, { zh: `${zh}。`, en: `${en}.` })
}
