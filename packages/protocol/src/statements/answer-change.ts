/** `answer-change` (registry): the publisher accepts a request with the version that brings it, or declines it (spec 1 §6.19). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, demand, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { CODE, VERSION } from './patterns.ts'
import { textOrNullField } from './registry-fields.ts'

/** The answers. */
export const CHANGE_ANSWERS = ['accepted', 'declined'] as const

/** One of them. */
export type ChangeAnswer = (typeof CHANGE_ANSWERS)[number]

/** Body of `answer-change`: a version with an acceptance, a reason with a refusal, never both. */
export interface AnswerChange {
  /** 16 bytes. */
  readonly requestId: Uint8Array
  readonly answer: ChangeAnswer
  /** The version that brings the change. */
  readonly version: string | null
  /** A code such as `out-of-scope`. */
  readonly reason: string | null
}

/** Subject `change:` and the request id in hex. */
export const answerChange: StatementForm<AnswerChange> = {
  kind: 'answer-change',
  encode: (body) => bodyMap(body.requestId, body.answer, body.version, body.reason),
  decode(value) {
    const fields = readBody('answer-change', value, 4)
    const body: AnswerChange = {
      requestId: bytesField(fields, 1, 'requestId', 16),
      answer: choiceField(fields, 2, 'answer', CHANGE_ANSWERS),
      version: textOrNullField(fields, 3, 'version', VERSION),
      reason: textOrNullField(fields, 4, 'reason', CODE),
    }
    demand(fields, 'version', (body.version !== null) === (body.answer === 'accepted'))
    demand(fields, 'reason', (body.reason !== null) === (body.answer === 'declined'))
    return bodyOr(fields, body)
  },
  subjectOf: (_suite, body) => `change:${toHex(body.requestId)}`,
}
