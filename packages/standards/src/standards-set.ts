/** The standards set: everything that decides meaning here, content-addressed. Its hash goes into every commitment. */
import { type CanonicalText, canonicalTextOf, type Suite, toHex, utf8 } from '@meridian/protocol'
import type { ArtefactPackage } from './artefacts/artefact-package.ts'
import type { ArtefactKind } from './artefacts/manifest.ts'
import { readShippedPackages } from './artefacts/shipped-packages.ts'
import { severities } from './findings-catalogue.ts'
import { readDefinitions } from './r4/structures.ts'

/** One item: `hash` is the content hash of an artefact package, or of definitions and rules that are part of the program. */
export interface StandardsItem {
  readonly id: string
  readonly kind: ArtefactKind | 'definitions' | 'rules'
  readonly version: string
  readonly hash: Uint8Array
}

/** `hash` is SHA-256 of `text`: the canonical list of ids, kinds, versions and hex hashes, in the order of ids. */
export interface StandardsSet {
  readonly id: string
  readonly version: string
  readonly hash: Uint8Array
  readonly text: CanonicalText
  readonly items: readonly StandardsItem[]
}

/** Version of the form of a set. */
const setVersion = '2.0.0'

/** FHIR R4 as published, technical correction 1. */
const fhirVersion = '4.0.1'

/** Versions of the rules that are code; what they can say is in the hash. */
const ruleVersions = { r4: '1.0.0', cn: '1.0.0', bundle: '1.0.0', unit: '1.0.0' } as const

/** The set of what ships with this release (about 50 ms); call it once at start-up. */
export function loadStandardsSet(suite: Pick<Suite, 'sha256'>): StandardsSet {
  return standardsSetOf(suite, readShippedPackages(suite))
}

/** The set of these packages and of what is part of the program. */
export function standardsSetOf(
  suite: Pick<Suite, 'sha256'>,
  packages: readonly Pick<ArtefactPackage, 'manifest' | 'hash'>[],
): StandardsSet {
  const hashOf = (content: unknown): Uint8Array => suite.sha256(utf8(canonicalTextOf(content)))
  const artefacts = packages.map(({ manifest: { id, kind, version }, hash }) => ({ id, kind, version, hash }))
  const items: StandardsItem[] = [...artefacts, ...definitionItems(hashOf), ...ruleItems(hashOf)].sort(
    (a, b) => (a.id < b.id ? -1 : 1),
  )
  const list = items.map(({ id, kind, version, hash }) => ({ id, kind, version, hash: toHex(hash) }))
  const id = 'meridian-standards'
  const text = canonicalTextOf({ id, version: setVersion, items: list })
  return { id, version: setVersion, hash: suite.sha256(utf8(text)), text, items }
}

type HashOf = (content: unknown) => Uint8Array

function definitionItems(hashOf: HashOf): StandardsItem[] {
  return Object.entries(readDefinitions()).map(([name, content]) => ({
    id: `fhir-r4-${name}`,
    kind: 'definitions',
    version: fhirVersion,
    hash: hashOf(content),
  }))
}

function ruleItems(hashOf: HashOf): StandardsItem[] {
  return Object.entries(ruleVersions).map(([name, version]) => {
    const findings = Object.fromEntries(
      Object.entries(severities).filter(([code]) => code.startsWith(`${name}.`)),
    )
    return { id: `rules-${name}`, kind: 'rules', version, hash: hashOf({ name, version, findings }) }
  })
}
