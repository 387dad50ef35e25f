/** `register-artefact`: a version comes to the members as a draft (spec 1 §6.15). */
import { type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { isNewer } from './life-cycle.ts'
import type { RegistryNeeds } from './needs.ts'
import { REGISTRY, readArtefact, readVersion, writeArtefact, writeContent, writeVersion } from './state.ts'
import { writeRegistered, writeStanding } from './versions.ts'

/** The rule. Its `check` refuses with membership.not-active, registry.not-publisher, .kind-changed, .version-taken. */
export function registerArtefact(needs: RegistryNeeds): Rule<'register-artefact'> {
  function check(view: StateView, { issuer, body }: Statement<'register-artefact'>): Refusal | undefined {
    if (!needs.isActive(view, issuer)) return refuse(REGISTRY, 'membership.not-active')
    const artefact = readArtefact(view, body.id)
    if (artefact !== undefined && artefact.publisher !== issuer) {
      return refuse(REGISTRY, 'registry.not-publisher')
    }
    if (artefact !== undefined && artefact.kind !== body.kind)
      return refuse(REGISTRY, 'registry.kind-changed')
    const isTaken = readVersion(view, body.id, body.version) !== undefined
    return isTaken ? refuse(REGISTRY, 'registry.version-taken') : undefined
  }

  /** Effects: the version stands as a draft; its content is known by its hash. An older line may go on beside a newer one. */
  function apply(
    view: WritableView,
    statement: Statement<'register-artefact'>,
    { height }: Context,
  ): Refusal | undefined {
    const refusal = check(view, statement)
    if (refusal !== undefined) return refusal
    const { id, version, ...said } = statement.body
    const { kind, contentHash } = said
    const newest = readArtefact(view, id)?.version
    const publisher = statement.issuer
    if (newest === undefined || isNewer(version, newest))
      writeArtefact(view, id, { publisher, kind, version })
    writeVersion(view, { id, version }, { height, contentHash })
    writeContent(view, { kind, contentHash }, height)
    writeRegistered(view, { id, version }, { ...said, publisher, height })
    const nothing = { retireHeight: undefined, vectorResult: undefined }
    writeStanding(view, { id, version }, { stage: 'draft', stageHeight: height, ...nothing })
    return undefined
  }

  return { kind: 'register-artefact', check, apply }
}
