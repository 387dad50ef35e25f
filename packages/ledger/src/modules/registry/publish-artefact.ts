/** `publish-artefact`: a version of a standard, map or table is in force, by its content hash (spec 1 §6.7). */
import { equalBytes, type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { compareVersions } from './compare-versions.ts'
import type { RegistryNeeds } from './needs.ts'
import {
  type Artefact,
  REGISTRY,
  readArtefact,
  readVersion,
  writeArtefact,
  writeContent,
  writeVersion,
} from './state.ts'

/** The rule. Its `check` refuses with membership.not-active and the registry codes. */
export function publishArtefact(needs: RegistryNeeds): Rule<'publish-artefact'> {
  function check(view: StateView, statement: Statement<'publish-artefact'>): Refusal | undefined {
    if (!needs.isActive(view, statement.issuer)) return refuse(REGISTRY, 'membership.not-active')
    const artefact = readArtefact(view, statement.body.id)
    return artefact === undefined ? undefined : checkNext(view, artefact, statement)
  }

  /** Effects: the version stands for ever and is the newest of its artefact; its content is known by its hash. */
  function apply(
    view: WritableView,
    statement: Statement<'publish-artefact'>,
    context: Context,
  ): Refusal | undefined {
    const refusal = check(view, statement)
    if (refusal !== undefined) return refusal
    const { id, kind, version, contentHash } = statement.body
    writeArtefact(view, id, { publisher: statement.issuer, kind, version })
    writeVersion(view, { id, version }, { height: context.height, contentHash })
    writeContent(view, { kind, contentHash }, context.height)
    return undefined
  }

  return { kind: 'publish-artefact', check, apply }
}

/** A later version: of the same publisher and kind, and newer. */
function checkNext(
  view: StateView,
  artefact: Artefact,
  statement: Statement<'publish-artefact'>,
): Refusal | undefined {
  const { id, kind, version, contentHash } = statement.body
  if (artefact.publisher !== statement.issuer) return refuse(REGISTRY, 'registry.not-publisher')
  if (artefact.kind !== kind) return refuse(REGISTRY, 'registry.kind-changed')
  const published = readVersion(view, id, version)
  if (published !== undefined && !equalBytes(published.contentHash, contentHash)) {
    return refuse(REGISTRY, 'registry.version-exists')
  }
  return compareVersions(version, artefact.version) > 0
    ? undefined
    : refuse(REGISTRY, 'registry.version-not-newer')
}
