/** One request's whole way: decoded, handed to the application, its answer encoded; what fails becomes an exception. */
import type { AbciApplication, Answer } from '../application.ts'
import { decodeRequest, encodeResponse } from '../codec/frame.ts'
import { AbciFailure } from '../failure.ts'
import type { Request, Response } from '../tables/envelope.ts'
import { callApplication } from './call-application.ts'
import type { AbciLimits } from './limits.ts'

/** What answering needs. `onFailure` is told what was answered with an exception. */
export interface AnswerContext {
  readonly application: AbciApplication
  readonly limits: AbciLimits
  readonly onFailure: (failure: AbciFailure) => void
}

/** The frame that answers a request's `content`. A promise exactly when the application gave one; it never rejects. */
export function answerFrame(content: Uint8Array, context: AnswerContext): Answer<Uint8Array> {
  const { application, limits, onFailure } = context
  const refuse = (failure: AbciFailure) => {
    onFailure(failure)
    return exceptionFrame(failure)
  }
  let request: Request
  try {
    request = decodeRequest(content, limits.maxElements)
  } catch (failure) {
    return refuse(failure as AbciFailure)
  }
  const encode = (response: Response) => encodeResponse(response, limits.maxMessageBytes)
  const failed = (cause: unknown) =>
    refuse(new AbciFailure('abci.application', `The application failed in ${request.kind}`, {}, cause))
  try {
    const response = callApplication(application, request)
    return response instanceof Promise ? response.then(encode).catch(failed) : encode(response)
  } catch (cause) {
    return failed(cause)
  }
}

/** What CometBFT is told, and logs: our words alone, for what the application threw may speak of people. */
export function exceptionFrame(failure: AbciFailure): Uint8Array {
  const error = `${failure.code}: ${failure.message}`
  return encodeResponse({ kind: 'exception', value: { error } }, Number.POSITIVE_INFINITY)
}
