/** Verifies the receipt of a version inside the page: the door only hands over files, the proving is done here. */
import { type Verification as Proof, verifyReceipt } from '@meridian/protocol'
import { browserSuite } from '@meridian/protocol/browser'
import type { Answer } from '../api/answer.ts'
import type { Client } from '../api/client.ts'

/** The proof, whether the record was part of it, and how long it took. Milliseconds. */
export interface Verification {
  readonly proof: Proof
  readonly withRecord: boolean
  readonly tookMs: number
}

/** Fetches receipt and trust file — and the exported record, which may open the commitment, when asked — and verifies. */
export async function verifyHere(
  client: Client,
  version: { readonly type: string; readonly id: string; readonly version: number },
  withRecord: boolean,
): Promise<Answer<Verification>> {
  const base = `/api/records/${version.type}/${version.id}/${version.version}`
  const receipt = await client.getBytes(`${base}/receipt`)
  if (!receipt.ok) return receipt
  const trust = await client.getBytes('/api/trust')
  if (!trust.ok) return trust
  const record = withRecord ? await client.getBytes(`${base}/export`) : undefined
  if (record !== undefined && !record.ok) return record
  const started = performance.now()
  const proof = verifyReceipt(browserSuite, {
    receipt: receipt.value,
    trust: trust.value,
    ...(record === undefined ? {} : { record: record.value }),
  })
  const tookMs = Math.round(performance.now() - started)
  return { ok: true, value: { proof, withRecord, tookMs } }
}
