/** What is shipped, as releases in memory: code systems of the artefact packages, and their value sets. */
import { readShipped, shippedArtefactIds } from '../data-files.ts'
import type { Bilingual } from '../finding.ts'
import { type CodeSystemFile, conceptsOn } from './code-system-file.ts'
import type { Concept, ReleaseHead } from './concept.ts'
import { buildRelease } from './store/build-release.ts'
import { memoryStore } from './store/keyed-store.ts'
import { type ReleaseReader, readRelease } from './store/read-release.ts'
import { headKey } from './store/release-keys.ts'
import type { ValueSet } from './value-set.ts'

interface ManifestPart {
  readonly version: string
  readonly titles: Bilingual
  readonly licence: { readonly name: string }
}

/** Reads and indexes everything shipped (some tens of milliseconds). Throws when a package is broken. */
export function shippedReaders(): readonly ReleaseReader[] {
  return shippedArtefactIds().flatMap((id) => {
    if (id.startsWith('meridian.code-system.')) return codeSystemReleases(id)
    return id.startsWith('meridian.value-set.') ? [codeTableRelease(id)] : []
  })
}

/** One value set for each shipped system, by the name of its package: `urn:meridian:value-set:sex`. */
export function shippedValueSets(readers: readonly ReleaseReader[]): readonly ValueSet[] {
  const bySystem = new Map(readers.map(({ release }) => [release.system, release]))
  return [...bySystem.values()].map(({ system, version, titles }) => ({
    url: `urn:meridian:value-set:${system.split(/[:/]/).at(-1) ?? system}`,
    version,
    titles,
    include: [{ system }],
    origin: 'shipped',
  }))
}

function codeSystemReleases(id: string): ReleaseReader[] {
  const file = readShipped(id, 'concepts.json') as CodeSystemFile
  const { licence } = readShipped(id, 'manifest.json') as ManifestPart
  return file.releases.map(({ version, from, to }) => {
    const head: ReleaseHead = {
      system: file.system,
      version,
      titles: file.titles,
      language: 'zh-CN',
      licence: licence.name,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(file.fragment === undefined ? {} : { fragment: file.fragment }),
    }
    return inMemory(head, conceptsOn(file, from))
  })
}

function codeTableRelease(id: string): ReleaseReader {
  const { system = `urn:meridian:cs:${id.slice('meridian.value-set.'.length)}`, codes } = readShipped(
    id,
    'codes.json',
  ) as {
    system?: string
    codes: readonly { code: string; zh: string; en: string }[]
  }
  const { version, titles, licence } = readShipped(id, 'manifest.json') as ManifestPart
  const concepts = codes.map(
    ({ code, zh, en }): Concept => ({
      code,
      display: zh,
      designations: [{ language: 'en', value: en, use: 'preferred' }],
    }),
  )
  return inMemory({ system, version, titles, language: 'zh-CN', licence: licence.name }, concepts)
}

function inMemory(head: ReleaseHead, concepts: readonly Concept[]): ReleaseReader {
  const store = memoryStore()
  const builder = buildRelease(store, '0', head)
  for (const concept of concepts) builder.add(concept)
  builder.finish({ origin: 'shipped' })
  return readRelease(store, '0', JSON.parse(store.text(headKey('0')) as string))
}
