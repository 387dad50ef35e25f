/** The difference between two packages of one kind, element by element. */
import { canonicalTextOf, elementsOf, isRefusal, readCanonicalText } from '@meridian/protocol'
import type { ArtefactPackage } from './artefact-package.ts'
import type { ArtefactReader, ElementChange } from './artefact-reader.ts'
import { areFindings } from './manifest-fields.ts'
import { VECTORS } from './run-vectors.ts'

type Files = Pick<ArtefactPackage, 'manifest' | 'files'>

/** Every change from one package to another: of the manifest, then of the content by the kind's own comparison where there is one. */
export function comparePackages(
  before: Files,
  after: Files,
  reader: ArtefactReader<unknown> | undefined,
): readonly ElementChange[] {
  const manifest = compareLeaves('manifest.json', aboutOf(before), aboutOf(after))
  const [old, now] = reader?.compare ? [reader.read(before.files), reader.read(after.files)] : [[], []]
  if (!reader?.compare || areFindings(old) || areFindings(now))
    return [...manifest, ...compareFiles(before, after)]
  return [...manifest, ...reader.compare(old, now)]
}

/** The manifest without what differs between any two versions. */
function aboutOf({ manifest }: Files): string {
  const { files: _files, version: _version, ...about } = manifest
  return canonicalTextOf(about)
}

function compareFiles(before: Files, after: Files): ElementChange[] {
  const names = [...new Set([...before.files.keys(), ...after.files.keys()])].filter(
    (name) => name !== VECTORS,
  )
  return names.sort().flatMap((name): ElementChange[] => {
    const [old, now] = [before.files.get(name), after.files.get(name)]
    if (old === undefined) return [{ path: name, change: 'added' }]
    if (now === undefined) return [{ path: name, change: 'removed' }]
    const [oldText, nowText] = [readCanonicalText(old), readCanonicalText(now)]
    if (!isRefusal(oldText) && !isRefusal(nowText)) return compareLeaves(name, oldText, nowText)
    return Buffer.compare(old, now) === 0 ? [] : [{ path: name, change: 'changed' }]
  })
}

function compareLeaves(name: string, before: string, after: string): ElementChange[] {
  if (before === after) return []
  const [old, now] = [leavesOf(before), leavesOf(after)]
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort()
  return paths.flatMap((path): ElementChange[] => {
    const [a, b] = [old.get(path), now.get(path)]
    const place = { path: `${name}#${path}` }
    if (a === b) return []
    if (a === undefined) return [{ ...place, change: 'added', after: JSON.parse(b as string) }]
    if (b === undefined) return [{ ...place, change: 'removed', before: JSON.parse(a) }]
    return [{ ...place, change: 'changed', before: JSON.parse(a), after: JSON.parse(b) }]
  })
}

/** Leaves by a path in which an item of a list is named by its id or code, so that an insertion moves no other. */
function leavesOf(text: string): ReadonlyMap<string, string> {
  const named = nameItems(JSON.parse(text))
  return new Map(elementsOf(canonicalTextOf(named)).map(({ path, value }) => [path, value]))
}

function nameItems(value: unknown): unknown {
  if (Array.isArray(value)) {
    const keys = value.map(keyOf)
    const items = value.map(nameItems)
    const named =
      keys.every((key) => key !== undefined) && new Set(keys).size === keys.length && keys.length > 0
    return named ? Object.fromEntries(keys.map((key, i) => [key as string, items[i]])) : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, nameItems(member)]))
}

function keyOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const { id, code, name } = item as Record<string, unknown>
  return [id, code, name].find((key) => typeof key === 'string') as string | undefined
}
