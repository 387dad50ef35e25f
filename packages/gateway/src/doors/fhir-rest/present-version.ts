/** A stored version as a client sees it: its text with our version and time in meta, and the headers that go with it. */
import { type CanonicalText, setMember, valueAt } from '@meridian/protocol'
import type { RecordVersion } from '@meridian/vault'

/** The resource's JSON text with `meta.versionId` and `meta.lastUpdated` of ours (R4 §2.6). */
export function presentResource(version: RecordVersion): string | undefined {
  if (version.opened === null) return undefined
  const text = version.opened.resource
  const meta = valueAt(text, '/meta')
  const lastUpdated = `"${version.storedTime}"` as CanonicalText
  const versionId = `"${version.version}"` as CanonicalText
  const ours = `{"lastUpdated":${lastUpdated},"versionId":${versionId}}` as CanonicalText
  if (meta === undefined || meta === '{}') return setMember(text, '', { name: 'meta', value: ours })
  const dated = setMember(meta, '', { name: 'lastUpdated', value: lastUpdated })
  return setMember(text, '', {
    name: 'meta',
    value: setMember(dated, '', { name: 'versionId', value: versionId }),
  })
}

/** ETag and Last-Modified of a version. */
export function versionHeaders(version: {
  readonly version: number
  readonly storedTime: string
}): Record<string, string> {
  return { etag: etagOf(version.version), 'last-modified': new Date(version.storedTime).toUTCString() }
}

/** The weak ETag of a version, `W/"3"`. */
export function etagOf(version: number): string {
  return `W/"${version}"`
}

/** JSON text of a string, for Bundles that are put together as text. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}
