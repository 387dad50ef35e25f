/** The files a verifier was given, told apart by the format they name. */

/** What a file can be. */
export type FileKind = 'receipt' | 'trust' | 'record' | 'elements'

/** A file as it was dropped. */
export interface GivenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The files so far, at most one of a kind. */
export type GivenFiles = Readonly<Partial<Record<FileKind, GivenFile | undefined>>>

const formats: readonly (readonly [FileKind, RegExp])[] = [
  ['receipt', /"format"\s*:\s*"meridian-receipt\//],
  ['trust', /"format"\s*:\s*"meridian-trust\//],
  ['record', /"format"\s*:\s*"meridian-record\//],
  ['elements', /"format"\s*:\s*"meridian-elements\//],
]

/** The kind a file says it is; whether that is true is for the verification. A record is looked at first: it holds any text. */
export function fileKindOf(bytes: Uint8Array): FileKind | undefined {
  try {
    const format: unknown = (JSON.parse(new TextDecoder().decode(bytes)) as { format?: unknown })?.format
    return formats.find(([, form]) => form.test(`"format":"${String(format)}"`))?.[0]
  } catch {
    return undefined
  }
}
