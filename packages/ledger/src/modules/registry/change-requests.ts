/** The rules of change requests: `request-change`, `comment-change`, `answer-change`, `withdraw-change` (spec 1 §6.17 to §6.20). */
import { isRefusal, type Refusal, refuse } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { AnyRule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { type ChangeRequest, hasComment, readRequest, writeComment, writeRequest } from './changes-state.ts'
import { checkedRule } from './checked-rule.ts'
import { isNewer } from './life-cycle.ts'
import type { RegistryNeeds } from './needs.ts'
import { REGISTRY, readArtefact } from './state.ts'
import { readRegistered } from './versions.ts'

function openRequest(view: StateView, requestId: Uint8Array): ChangeRequest | Refusal {
  const request = readRequest(view, requestId)
  if (request === undefined) return refuse(REGISTRY, 'registry.unknown-request')
  const { status } = request
  return status === 'open' || status === 'in-discussion'
    ? request
    : refuse(REGISTRY, 'registry.request-closed', { status })
}

function move(
  view: WritableView,
  requestId: Uint8Array,
  parts: Partial<ChangeRequest>,
  { height }: Context,
): void {
  const request = readRequest(view, requestId) as ChangeRequest
  writeRequest(view, requestId, { ...request, ...parts, statusHeight: height })
}

const requestChange = (needs: RegistryNeeds) =>
  checkedRule('request-change', needs, {
    check(view, { body: { requestId, artefactId: id, baseVersion: version } }) {
      if (readRequest(view, requestId) !== undefined) return refuse(REGISTRY, 'registry.request-exists')
      return readRegistered(view, { id, version }) === undefined
        ? refuse(REGISTRY, 'registry.unknown-version', { id, version })
        : undefined
    },
    change(view, { issuer, body: { requestId, ...said } }, { height }) {
      const begun = { status: 'open', statusHeight: height, version: '', reason: '' } as const
      writeRequest(view, requestId, { ...said, requester: issuer, height, ...begun })
    },
  })

const commentChange = (needs: RegistryNeeds) =>
  checkedRule('comment-change', needs, {
    check(view, { body: { requestId, commentHash } }) {
      const request = openRequest(view, requestId)
      if (isRefusal(request)) return request
      return hasComment(view, requestId, commentHash)
        ? refuse(REGISTRY, 'registry.comment-exists')
        : undefined
    },
    change(view, { issuer, body }, context) {
      const { role, stance } = body
      writeComment(view, body, { organisation: issuer, role, stance, height: context.height })
      if (readRequest(view, body.requestId)?.status === 'open') {
        move(view, body.requestId, { status: 'in-discussion' }, context)
      }
    },
  })

const answerChange = (needs: RegistryNeeds) =>
  checkedRule('answer-change', needs, {
    check(view, { issuer, body: { requestId, version } }) {
      const request = openRequest(view, requestId)
      if (isRefusal(request)) return request
      const { artefactId: id, baseVersion } = request
      if (readArtefact(view, id)?.publisher !== issuer) return refuse(REGISTRY, 'registry.not-publisher')
      if (version === null) return undefined
      if (readRegistered(view, { id, version }) === undefined) {
        return refuse(REGISTRY, 'registry.unknown-version', { id, version })
      }
      return isNewer(version, baseVersion)
        ? undefined
        : refuse(REGISTRY, 'registry.base-version', { version: baseVersion })
    },
    change(view, { body: { requestId, answer, version, reason } }, context) {
      move(view, requestId, { status: answer, version: version ?? '', reason: reason ?? '' }, context)
    },
  })

const withdrawChange = (needs: RegistryNeeds) =>
  checkedRule('withdraw-change', needs, {
    check(view, { issuer, body }) {
      const request = openRequest(view, body.requestId)
      if (isRefusal(request)) return request
      return request.requester === issuer ? undefined : refuse(REGISTRY, 'registry.not-requester')
    },
    change: (view, { body }, context) => move(view, body.requestId, { status: 'withdrawn' }, context),
  })

/** The rules, each refusing with membership.not-active and the registry codes that it names. */
export function changeRules(needs: RegistryNeeds): readonly AnyRule[] {
  return [requestChange(needs), commentChange(needs), answerChange(needs), withdrawChange(needs)]
}
