/** Reads a manifest from bytes that came from outside: strict JSON, known fields, each in its form. */
import { isRefusal, plainCopy, readCanonicalText } from '@meridian/protocol'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { artefactLimits } from './artefact-limits.ts'
import type { Manifest } from './manifest.ts'
import { checkManifestFields } from './manifest-fields.ts'

/** The manifest, or every reason why it is none. The bytes need not be canonical; the hash is of the canonical text. */
export function readManifest(bytes: Uint8Array): Manifest | Finding[] {
  const value = readArtefactJson('manifest.json', bytes, artefactLimits.manifestBytes)
  if ('findings' in value) return value.findings
  const findings = checkManifestFields(value.json)
  return findings.length > 0 ? findings : (value.json as Manifest)
}

/** A JSON file of a package as plain values, or the finding that it is none. Depth 64 at most. */
export function readArtefactJson(
  name: string,
  bytes: Uint8Array,
  maxBytes: number = artefactLimits.fileBytes,
): { readonly json: unknown } | { readonly findings: Finding[] } {
  if (bytes.length > maxBytes)
    return { findings: [findingOf('artefact.too-large', name, { element: name, limit: maxBytes })] }
  const text = readCanonicalText(bytes, { maxBytes, maxDepth: 64 })
  if (isRefusal(text))
    return { findings: [findingOf('artefact.not-json', name, { element: name, rule: text.code })] }
  return { json: plainCopy(text) }
}
