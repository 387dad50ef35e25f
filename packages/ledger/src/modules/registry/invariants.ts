/** What must hold of the registry after every block. */
import { equalBytes } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { artefacts, changeRequests, conflicts, registeredVersions, versionOf } from './queries.ts'
import { listedInForce } from './versions.ts'

/** Names of the invariants that do not hold. Cost: the whole module. */
export function brokenInvariants(view: StateView): readonly string[] {
  const lost = [...artefacts(view)].filter(([id, { version }]) => versionOf(view, id, version) === undefined)
  return [
    ...lost.map(() => 'the newest version of every artefact is published'),
    ...brokenVersions(view),
    ...brokenTalk(view),
  ]
}

function brokenVersions(view: StateView): string[] {
  const broken: string[] = []
  const all = registeredVersions(view)
  for (const { id, version, said, standing } of all) {
    const published = versionOf(view, id, version)
    if (published === undefined || !equalBytes(published.contentHash, said.contentHash)) {
      broken.push('a registered version is published with the same content')
    }
    if ((standing.stage === 'draft') !== (standing.vectorResult === undefined)) {
      broken.push('what was voted on has the result of its vectors')
    }
    if (standing.stageHeight < said.height) broken.push('no step is before the registration')
    if (standing.stage === 'draft' && standing.retireHeight !== undefined) broken.push('no draft retires')
  }
  const active = all.filter(({ standing }) => standing.stage === 'active')
  const listed = listedInForce(view).map(({ id, version }) => `${id} ${version}`)
  if (active.map(({ id, version }) => `${id} ${version}`).join() !== listed.join()) {
    broken.push('the list of versions in force is right')
  }
  const leading = active
    .filter(({ standing }) => standing.retireHeight === undefined)
    .map(({ id, said }) => `${id} ${said.jurisdiction.join()}`)
  if (new Set(leading).size !== leading.length) broken.push('one version leads in the same places')
  return broken
}

function brokenTalk(view: StateView): string[] {
  const requests = changeRequests(view).filter(
    ({ request: { status, version, reason } }) =>
      (version !== '') !== (status === 'accepted') || (reason !== '') !== (status === 'declined'),
  )
  const open = conflicts(view).filter(
    ({ conflict: { status, assignee, resolution, result } }) =>
      (assignee === '') !== (status === 'reported') ||
      (resolution === undefined) !== (status !== 'resolved') ||
      (result !== undefined) !== (resolution === 'corrected'),
  )
  return [
    ...requests.map(() => 'an answer has its version or its reason'),
    ...open.map(() => 'a conflict has what its status says'),
  ]
}
