/** `bench receipt`: receipts made and verified by the code of the command line, by the page's suite as well, and commitments. */
import {
  buildCommitment,
  encodeExportFile,
  encodeReceipt,
  encodeTrust,
  type Suite,
  utf8,
  verifyReceipt,
} from '@meridian/protocol'
import { browserSuite } from '@meridian/protocol/browser'
import { accessAll, type RecordVersion } from '@meridian/vault'
import { exportedRecordOf, receiptFor } from '../operations/receipt.ts'
import type { Node } from '../wiring/node.ts'
import { type Figure, figure, perSecond, quantile } from './figure.ts'
import { loadFile, recordsPerItem } from './loads.ts'
import { type BenchPlace, openThrowawayNode } from './throwaway-home.ts'
import { timedIntake } from './timed-intake.ts'

/** The three files a stranger is given, as bytes. */
interface GivenFiles {
  readonly receipt: Uint8Array
  readonly record: Uint8Array
  readonly trust: Uint8Array
}

/** Each of `records` records once. Effects: those of an intake, in a throw-away home. */
export async function receiptBench(place: BenchPlace, records: number): Promise<Figure[]> {
  const opened = await openThrowawayNode(place)
  try {
    const items = Math.max(1, Math.ceil(records / recordsPerItem.oru))
    await timedIntake(opened, loadFile('oru', 0, items), 'oru')
    const { node } = opened
    const versions = await versionsOf(node, records)
    const files: GivenFiles[] = []
    const making = await timedEach(versions, async (version) => files.push(await filesOf(node, version)))
    const verifying = await timedEach(files, (given) => verified(node.suite, given))
    const inPage = await timedEach(files.slice(0, 200), (given) => verified(browserSuite, given))
    const committing = await timedEach(versions, (version) => commitment(node, version))
    return [
      figure('receipts made', making.rate, 'times/s'),
      figure('one receipt made, p50', making.p50, 'ms'),
      figure('receipts verified', verifying.rate, 'times/s'),
      figure('one receipt verified, p50', verifying.p50, 'ms', 5),
      figure('receipts verified by the suite of the page', inPage.rate, 'times/s'),
      figure('one receipt verified by the suite of the page, p50', inPage.p50, 'ms', 50),
      figure('commitments', committing.rate, 'times/s'),
    ]
  } finally {
    await opened.close()
  }
}

async function versionsOf(node: Node, count: number): Promise<RecordVersion[]> {
  const versions: RecordVersion[] = []
  let cursor: string | undefined
  do {
    const page = await node.vault.records.list(
      { count: 100, ...(cursor === undefined ? {} : { cursor }) },
      accessAll,
    )
    for (const { type, id, version } of page?.items ?? []) {
      const found = await node.vault.records.vread(type, id, version, accessAll)
      if (found !== undefined && versions.length < count) versions.push(found)
    }
    cursor = page?.next
  } while (cursor !== undefined && versions.length < count)
  return versions
}

async function filesOf(node: Node, version: RecordVersion): Promise<GivenFiles> {
  const record = exportedRecordOf(node, version)
  if (record === undefined) throw new Error('nothing was erased here')
  return {
    receipt: utf8(encodeReceipt(await receiptFor(node, version))),
    record: utf8(encodeExportFile(record)),
    trust: utf8(encodeTrust(node.suite, node.trust)),
  }
}

/** A receipt that does not verify would be measured on its way to a refusal, which is another figure. */
function verified(suite: Suite, given: GivenFiles): void {
  if (!verifyReceipt(suite, given).verified) throw new Error('a receipt of ours does not verify')
}

function commitment(node: Node, version: RecordVersion): void {
  const record = exportedRecordOf(node, version)
  if (record !== undefined) buildCommitment(node.suite, record.header, record.content, record.secret)
}

/** The first tenth warms the compiler up and is not counted. */
async function timedEach<T>(things: readonly T[], work: (thing: T) => unknown) {
  const lags: number[] = []
  for (const thing of things) {
    const from = performance.now()
    await work(thing)
    lags.push(performance.now() - from)
  }
  const counted = lags.slice(Math.floor(lags.length / 10))
  const ms = counted.reduce((sum, lag) => sum + lag, 0)
  return { rate: perSecond(counted.length, ms), p50: quantile(counted, 0.5) }
}
