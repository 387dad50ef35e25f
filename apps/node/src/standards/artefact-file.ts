/** One file that holds a whole package, for carrying it: a canonical JSON with the manifest and every file in base64. */
import { canonicalTextOf, isRefusal, plainCopy, readCanonicalText, utf8 } from '@meridian/protocol'
import { type ArtefactPackage, manifestText } from '@meridian/standards'

const FORMAT = 'meridian-artefact-file/1'
const MAX_BYTES = 256 * 1024 * 1024

/** The bytes of the file. */
export function encodeArtefactFile({ manifest, files }: ArtefactPackage): Uint8Array {
  const all: [string, Uint8Array][] = [['manifest.json', utf8(manifestText(manifest))], ...files]
  const encoded = Object.fromEntries(
    all.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
  )
  return utf8(canonicalTextOf({ format: FORMAT, files: encoded }))
}

/** The files in it, `manifest.json` among them and unchecked; undefined when it is no such file. */
export function decodeArtefactFile(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const text = readCanonicalText(bytes, { maxBytes: MAX_BYTES, maxDepth: 4, maxMembers: 200 })
  const value = isRefusal(text)
    ? undefined
    : (plainCopy(text) as { format?: unknown; files?: unknown } | null)
  if (value?.format !== FORMAT || typeof value.files !== 'object' || value.files === null) return undefined
  const files = Object.entries(value.files)
  if (!files.every(([, content]) => typeof content === 'string')) return undefined
  return new Map(files.map(([name, content]) => [name, new Uint8Array(Buffer.from(content, 'base64'))]))
}
