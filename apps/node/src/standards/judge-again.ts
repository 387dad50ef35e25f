/** Judges a stored record again as if another version of one standard were in force, and says what differs. Nothing of it is kept. */
import { plainCopy, toHex } from '@meridian/protocol'
import { contentOf, createValidator, type Finding, standardsSetOf } from '@meridian/standards'
import { accessAll } from '@meridian/vault'
import { OperationRefused } from '../operations/operation.ts'
import type { Node } from '../wiring/node.ts'
import { namedArtefact } from './named-artefact.ts'

/** What both judgements say alike is left out. Hashes are hex; the record keeps `recordSetHash` for ever. */
export interface JudgedAgain {
  readonly recordSetHash: string
  readonly setHash: string
  readonly profile: string
  /** Findings that only the set of today has. */
  readonly gone: readonly Finding[]
  /** Findings that only the other version has. */
  readonly added: readonly Finding[]
}

/** `record` is `Type/id`; `name` is a version of a standard that this node holds. @throws OperationRefused */
export async function judgeAgain(node: Node, record: string, name: string): Promise<JudgedAgain> {
  const [type = '', id = ''] = record.split('/')
  const found = await node.vault.records.read(type, id, accessAll)
  if (found === undefined || found.opened === null) throw unknownRecord(record)
  const held = namedArtefact(node.artefacts, name)
  const inForce = node.inForce()
  const others = node.artefacts
    .list()
    .filter(({ hash, manifest }) => inForce.has(toHex(hash)) && manifest.id !== held.manifest.id)
  const packages = new Map([...others, held].map((one) => [one.manifest.id, one]))
  const { resource } = plainCopy(found.opened.content) as { resource: unknown }
  const profile = node.sourceNamed(found.source)?.profile ?? 'r4'
  const today = node.clock.now().toISOString().slice(0, 10)
  const before = node.validator.checkResource(resource, profile, { today })
  const after = createValidator(contentOf(packages)).checkResource(resource, profile, { today })
  return {
    recordSetHash: toHex(found.standardsSetHash),
    setHash: toHex(standardsSetOf(node.suite, [...packages.values()]).hash),
    profile,
    gone: without(before, after),
    added: without(after, before),
  }
}

function without(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set(others.map(({ code, path }) => `${code} ${path}`))
  return some.filter(({ code, path }) => !known.has(`${code} ${path}`))
}

function unknownRecord(record: string): OperationRefused {
  return new OperationRefused('record-unknown', {
    zh: `没有可读取的记录 ${record}。请用 meridian records 查看标识，写作 类型/标识。`,
    en: `There is no readable record ${record}. See meridian records; write it as Type/id.`,
  })
}
