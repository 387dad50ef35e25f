/** `standards`: the artefact packages of this node: list, show, compare, add, export, fetch, run vectors, publish, find conflicts. */
import { statSync } from 'node:fs'
import { type RegisterArtefact, toHex } from '@meridian/protocol'
import {
  areFindings,
  comparePackages,
  packFolder,
  readerFor,
  readFolderFiles,
  runVectors,
} from '@meridian/standards'
import { readNamed } from '../commands/read-file.ts'
import { doorsOfOthers } from '../ledger-door/member-keys.ts'
import { decodeArtefactFile, encodeArtefactFile } from '../standards/artefact-file.ts'
import type { HeldArtefact } from '../standards/artefact-store.ts'
import { countTouched } from '../standards/count-touched.ts'
import { fetchArtefact } from '../standards/fetch-artefact.ts'
import { findConflicts } from '../standards/find-conflicts.ts'
import { judgeAgain } from '../standards/judge-again.ts'
import { namedArtefact, refuseFindings } from '../standards/named-artefact.ts'
import { artefactDocument } from '../standards/show-artefact.ts'
import { vectorFailed } from '../standards/vote-evidence.ts'
import { askAt } from '../wiring/member-doors.ts'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'
import { sayOnLedger } from './say-on-ledger.ts'

/** What to do. Names are `id`, `id@version` or the first digits of a hash; `path` is absolute. */
export type StandardsArgs =
  | { readonly action: 'list' | 'verify' | 'conflicts' }
  | { readonly action: 'show' | 'vectors' | 'publish' | 'export'; readonly name: string }
  | AdoptArgs
  | { readonly action: 'judge'; readonly record: string; readonly name: string }
  | { readonly action: 'diff'; readonly name: string; readonly other: string }
  | { readonly action: 'add' | 'pack'; readonly path: string }
  | { readonly action: 'fetch'; readonly hash: string }

interface AdoptArgs {
  readonly action: 'adopt' | 'stop'
  readonly name: string
  /** `YYYY-MM-DD` */
  readonly day?: string
}

export const standards: Operation<StandardsArgs, Json> = {
  name: 'standards',
  async run(node, args) {
    await node.followStandards()
    switch (args.action) {
      case 'list':
        return listed(node)
      case 'verify':
        return { items: node.artefacts.verify() }
      case 'conflicts':
        return {
          items: findConflicts(node.artefacts.list().filter(({ hash }) => node.inForce().has(toHex(hash)))),
        }
      case 'show':
        return shown(node, namedArtefact(node.artefacts, args.name))
      case 'vectors':
        return vectorsOf(node, namedArtefact(node.artefacts, args.name))
      case 'export':
        return {
          file: Buffer.from(encodeArtefactFile(namedArtefact(node.artefacts, args.name))).toString('base64'),
        }
      case 'publish':
        return publish(node, namedArtefact(node.artefacts, args.name))
      case 'adopt':
      case 'stop':
        return adopt(node, args)
      case 'judge':
        return (await judgeAgain(node, args.record, args.name)) as Json
      case 'diff':
        return difference(node, args.name, args.other)
      case 'add':
      case 'pack':
        return add(node, args)
      case 'fetch':
        return fetch(node, args.hash)
    }
  },
}

function listed(node: Node): Json {
  return {
    standardsSetHash: toHex(node.standardsSetHash),
    items: node.artefacts.list().map((held) => artefactDocument(node, held)),
  }
}

function shown(node: Node, held: HeldArtefact): Json {
  return { ...artefactDocument(node, held), vectors: vectorsOf(node, held) }
}

/** What the vectors of a package give on this node; the hash is what a vote carries. */
function vectorsOf({ suite }: Node, held: HeldArtefact): Json {
  const result = runVectors(suite, held, readerFor(held))
  if (areFindings(result)) return { passed: false, hash: null, findings: result, outcomes: [] }
  return { passed: result.passed, hash: toHex(result.hash), findings: [], outcomes: result.outcomes }
}

/** Registers the version on the ledger with all that its manifest says; only what passes its own vectors here. */
async function publish(node: Node, held: HeldArtefact): Promise<Json> {
  const result = runVectors(node.suite, held, readerFor(held))
  if (areFindings(result)) refuseFindings(result)
  const failed = result.outcomes.find(({ outcome }) => outcome === 'failed')
  if (failed !== undefined) throw vectorFailed(failed.name)
  const said = await sayOnLedger(node, 'register-artefact', registrationOf(node, held))
  const { id, version } = held.manifest
  return { id, version, hash: toHex(held.hash), ...said }
}

function registrationOf({ suite }: Node, { manifest, hash, files }: HeldArtefact): RegisterArtefact {
  const { id, version, kind, layer, steward, licence, effective } = manifest
  return {
    id,
    version,
    kind,
    layer,
    steward,
    licence,
    jurisdiction: manifest.jurisdiction.toSorted(),
    effective: { from: effective.from, to: effective.to ?? null },
    dependencies: manifest.dependencies.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    implements: manifest.implements ?? null,
    contentHash: hash,
    vectorsHash: suite.sha256(files.get('vectors.json') ?? new Uint8Array()),
  }
}

/** Runs a version from a day on, or stops; today without a day. */
async function adopt(node: Node, { action, name, day }: AdoptArgs): Promise<Json> {
  const { id, version } = namedArtefact(node.artefacts, name).manifest
  const from = day ?? node.clock.now().toISOString().slice(0, 10)
  const said = await sayOnLedger(node, 'adopt-artefact', { id, version, use: action, day: from })
  return { id, version, use: action, day: from, ...said }
}

async function difference(node: Node, name: string, other: string): Promise<Json> {
  const [before, after] = [namedArtefact(node.artefacts, name), namedArtefact(node.artefacts, other)]
  if (before.manifest.kind !== after.manifest.kind)
    throw new OperationRefused('standards-other-kind', {
      zh: '两个标准的类别不同，不能逐项比较。',
      en: 'The two artefacts are of different kinds and cannot be compared element by element.',
    })
  const changes = comparePackages(before, after, readerFor(after))
  return {
    before: artefactDocument(node, before),
    after: artefactDocument(node, after),
    ...(await countTouched(node, changes)),
  }
}

function add(node: Node, { action, path }: { readonly action: 'add' | 'pack'; readonly path: string }): Json {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (isFolder && action === 'pack') {
    const packed = packFolder(node.suite, path)
    if (areFindings(packed)) refuseFindings(packed)
  }
  const files = isFolder ? readFolderFiles(path) : decodeArtefactFile(readNamed(path))
  if (files === undefined)
    throw new OperationRefused('standards-no-package', {
      zh: `${path} 既不是标准包的文件夹，也不是导出的文件。`,
      en: `${path} is neither the folder of a package nor a file that was exported.`,
    })
  if (areFindings(files)) refuseFindings(files)
  const added = node.artefacts.add(files as ReadonlyMap<string, Uint8Array>)
  if (areFindings(added)) refuseFindings(added)
  return shown(node, added)
}

async function fetch(node: Node, hash: string): Promise<Json> {
  const { id } = node.configuration.organisation
  const asker = { organisation: id, signer: node.keys.current.statement, nowMs: Date.now }
  const fetched = await fetchArtefact(askAt(doorsOfOthers(node.engine, id), asker), node.suite, hash)
  if (fetched === 'licensed')
    throw new OperationRefused('standards-licensed', {
      zh: '该标准的许可不允许成员转交。请从权利人处取得自己的副本，再用 meridian standards add 加入。',
      en: 'Its licence does not let members hand it on. Get a copy of your own and add it with meridian standards add.',
    })
  const added = fetched === undefined ? undefined : node.artefacts.add(fetched)
  if (added !== undefined && areFindings(added)) refuseFindings(added)
  if (added !== undefined) return shown(node, added as HeldArtefact)
  throw new OperationRefused('standards-nobody-has-it', {
    zh: '没有成员能给出该摘要的标准。',
    en: 'No member that answers has an artefact of that hash.',
  })
}
