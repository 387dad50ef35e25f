/** Runs the verification over the given files, when there are enough of them. */
import {
  decodeExportFile,
  decodeTrust,
  type Element,
  elementsOf,
  encodeElementFile,
  fingerprintWords,
  isRefusal,
  showElements,
  toHex,
  trustFingerprint,
  type Verification,
  verifyReceipt,
} from '@meridian/protocol'
import { browserSuite } from '@meridian/protocol/browser'
import type { GivenFiles } from './given-files.ts'

/** The fingerprint of the trust file, to be compared with its members by telephone. */
export interface Fingerprint {
  readonly hex: string
  readonly words: readonly string[]
}

/** What was found; `proof` is absent while receipt or trust file are missing. Milliseconds. */
export interface Verified {
  readonly proof: Verification | undefined
  readonly tookMs: number
  readonly fingerprint: Fingerprint | undefined
  /** The elements of the record, to choose from. */
  readonly elements: readonly Element[]
  /** The file that shows the chosen elements and nothing else. */
  readonly elementFile: string | undefined
}

/** Verifies; with `show`, those elements of the record are proved by themselves. */
export function verifyGiven(files: GivenFiles, show: readonly string[]): Verified {
  const { receipt, trust, record, elements } = files
  const fingerprint = trust && fingerprintOf(trust.bytes)
  const opened = record && openRecord(record.bytes, show)
  const started = performance.now()
  const proof =
    receipt === undefined || trust === undefined
      ? undefined
      : verifyReceipt(browserSuite, {
          receipt: receipt.bytes,
          trust: trust.bytes,
          ...(record === undefined ? {} : { record: record.bytes }),
          ...(elements === undefined || record !== undefined ? {} : { elements: elements.bytes }),
          ...(record === undefined || show.length === 0 ? {} : { show }),
        })
  return {
    proof,
    tookMs: Math.round(performance.now() - started),
    fingerprint,
    elements: opened?.elements ?? [],
    elementFile: opened?.elementFile,
  }
}

function fingerprintOf(bytes: Uint8Array): Fingerprint | undefined {
  const trust = decodeTrust(browserSuite, bytes)
  if (isRefusal(trust)) return undefined
  const fingerprint = trustFingerprint(browserSuite, trust)
  return { hex: toHex(fingerprint), words: fingerprintWords(fingerprint) }
}

function openRecord(bytes: Uint8Array, show: readonly string[]) {
  const record = decodeExportFile(bytes)
  if (isRefusal(record)) return undefined
  const shown = show.length === 0 ? undefined : showElements(browserSuite, record, show)
  return {
    elements: elementsOf(record.content),
    elementFile: shown === undefined || isRefusal(shown) ? undefined : encodeElementFile(shown),
  }
}
