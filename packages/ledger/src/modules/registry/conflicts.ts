/** The rules of the conflict register: `report-conflict`, `assign-conflict`, `resolve-conflict` (spec 1 §6.21 to §6.23). */
import { equalBytes, isRefusal, type Refusal, refuse, type VersionName } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { AnyRule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { type Conflict, readConflict, writeConflict } from './changes-state.ts'
import { checkedRule } from './checked-rule.ts'
import type { RegistryNeeds } from './needs.ts'
import { REGISTRY, readArtefact } from './state.ts'
import { readRegistered } from './versions.ts'

function unresolved(view: StateView, conflictId: Uint8Array): Conflict | Refusal {
  const conflict = readConflict(view, conflictId)
  if (conflict === undefined) return refuse(REGISTRY, 'registry.unknown-conflict')
  return conflict.status === 'resolved' ? refuse(REGISTRY, 'registry.conflict-resolved') : conflict
}

function checkRegistered(view: StateView, ...names: readonly VersionName[]): Refusal | undefined {
  const unknown = names.find((name) => readRegistered(view, name) === undefined)
  return unknown === undefined
    ? undefined
    : refuse(REGISTRY, 'registry.unknown-version', { id: unknown.id, version: unknown.version })
}

function move(
  view: WritableView,
  conflictId: Uint8Array,
  parts: Partial<Conflict>,
  { height }: Context,
): void {
  const conflict = readConflict(view, conflictId) as Conflict
  writeConflict(view, conflictId, { ...conflict, ...parts, statusHeight: height })
}

const reportConflict = (needs: RegistryNeeds) =>
  checkedRule('report-conflict', needs, {
    check(view, { body: { conflictId, first, second, firstAnswerHash, secondAnswerHash } }) {
      if (readConflict(view, conflictId) !== undefined) return refuse(REGISTRY, 'registry.conflict-exists')
      const isSame = first.id === second.id && first.version === second.version
      if (isSame || equalBytes(firstAnswerHash, secondAnswerHash)) {
        return refuse(REGISTRY, 'registry.no-conflict')
      }
      return checkRegistered(view, first, second)
    },
    change(view, { issuer, body: { conflictId, ...said } }, { height }) {
      const begun = { status: 'reported', assignee: '', resolution: undefined, result: undefined } as const
      writeConflict(view, conflictId, { ...said, reporter: issuer, height, statusHeight: height, ...begun })
    },
  })

const assignConflict = (needs: RegistryNeeds) =>
  checkedRule('assign-conflict', needs, {
    check(view, { issuer, body: { conflictId, organisation } }) {
      const conflict = unresolved(view, conflictId)
      if (isRefusal(conflict)) return conflict
      const publishers = [conflict.first, conflict.second].map(({ id }) => readArtefact(view, id)?.publisher)
      if (!publishers.includes(issuer) && !needs.isCoreMember(view, issuer)) {
        return refuse(REGISTRY, 'registry.not-party')
      }
      return needs.isActive(view, organisation) ? undefined : refuse(REGISTRY, 'membership.not-active')
    },
    change(view, { body: { conflictId, organisation } }, context) {
      move(view, conflictId, { status: 'assigned', assignee: organisation }, context)
    },
  })

const resolveConflict = (needs: RegistryNeeds) =>
  checkedRule('resolve-conflict', needs, {
    check(view, { issuer, body: { conflictId, result } }) {
      const conflict = unresolved(view, conflictId)
      if (isRefusal(conflict)) return conflict
      if (conflict.assignee !== issuer) return refuse(REGISTRY, 'registry.not-assignee')
      return result === null ? undefined : checkRegistered(view, result)
    },
    change(view, { body: { conflictId, resolution, result } }, context) {
      move(view, conflictId, { status: 'resolved', resolution, result: result ?? undefined }, context)
    },
  })

/** The rules, each refusing with membership.not-active and the registry codes that it names. */
export function conflictRules(needs: RegistryNeeds): readonly AnyRule[] {
  return [reportConflict(needs), assignConflict(needs), resolveConflict(needs)]
}
