/** From a request to the application's call, and from what it returns to the answer. */
import type { AbciApplication, Answer } from '../application.ts'
import type { Request, Response } from '../tables/envelope.ts'

/** Calls the application. What it throws comes through. Echo, Flush and vote extensions are answered here. */
export function callApplication(application: AbciApplication, request: Request): Answer<Response> {
  switch (request.kind) {
    case 'echo':
      return { kind: 'echo', value: request.value }
    case 'flush':
      return { kind: 'flush', value: {} }
    case 'checkTx':
      return after(application.checkTx(request.value), (value) => ({ kind: 'checkTx', value }))
    case 'info':
      return after(application.info(request.value), (value) => ({ kind: 'info', value }))
    case 'query':
      return after(application.query(request.value), (value) => ({ kind: 'query', value }))
    case 'listSnapshots':
    case 'offerSnapshot':
    case 'loadSnapshotChunk':
    case 'applySnapshotChunk':
      return callSnapshot(application, request)
    default:
      return callConsensus(application, request)
  }
}

type Of<K extends Request['kind']> = Extract<Request, { readonly kind: K }>

function callConsensus(
  application: AbciApplication,
  request: Of<
    | 'initChain'
    | 'prepareProposal'
    | 'processProposal'
    | 'finalizeBlock'
    | 'commit'
    | 'extendVote'
    | 'verifyVoteExtension'
  >,
): Answer<Response> {
  switch (request.kind) {
    case 'initChain':
      return after(application.initChain(request.value), (value) => ({ kind: 'initChain', value }))
    case 'prepareProposal':
      return after(application.prepareProposal(request.value), (value) => ({
        kind: 'prepareProposal',
        value,
      }))
    case 'processProposal':
      return after(application.processProposal(request.value), (value) => ({
        kind: 'processProposal',
        value,
      }))
    case 'finalizeBlock':
      return after(application.finalizeBlock(request.value), (value) => ({ kind: 'finalizeBlock', value }))
    case 'commit':
      return after(application.commit(), (value) => ({ kind: 'commit', value }))
    case 'extendVote':
      return { kind: 'extendVote', value: {} }
    case 'verifyVoteExtension': {
      // The specification's rule for an application that does not extend votes: only an empty extension is honest.
      const status = request.value.voteExtension.length === 0 ? 'accept' : 'reject'
      return { kind: 'verifyVoteExtension', value: { status } }
    }
  }
}

function callSnapshot(
  application: AbciApplication,
  request: Of<'listSnapshots' | 'offerSnapshot' | 'loadSnapshotChunk' | 'applySnapshotChunk'>,
): Answer<Response> {
  switch (request.kind) {
    case 'listSnapshots':
      return after(application.listSnapshots(), (value) => ({ kind: 'listSnapshots', value }))
    case 'offerSnapshot':
      return after(application.offerSnapshot(request.value), (value) => ({ kind: 'offerSnapshot', value }))
    case 'loadSnapshotChunk':
      return after(application.loadSnapshotChunk(request.value), (value) => ({
        kind: 'loadSnapshotChunk',
        value,
      }))
    case 'applySnapshotChunk':
      return after(application.applySnapshotChunk(request.value), (value) => ({
        kind: 'applySnapshotChunk',
        value,
      }))
  }
}

/** An answer that is there at once stays at once: no promise is made for the thousands of checks that need none. */
function after<T>(answer: Answer<T>, wrap: (value: T) => Response): Answer<Response> {
  return answer instanceof Promise ? answer.then(wrap) : wrap(answer)
}
