/** Takes the made-up day in, file by file from its sources, and sums it up: counts, refusals by reason, one receipt verified. */
import { encodeExportFile, encodeReceipt, encodeTrust, utf8, verifyReceipt } from '@meridian/protocol'
import { layTable } from '../command-line/table.ts'
import { intake } from '../operations/intake.ts'
import type { IntakeSummary, RefusalLine } from '../operations/intake-count.ts'
import type { OnProgress } from '../operations/operation.ts'
import { exportedRecordOf, receiptFor } from '../operations/receipt.ts'
import { findVersion } from '../operations/record-id.ts'
import { writeSampleDay } from '../sample-day/write-sample-day.ts'
import type { Node } from '../wiring/node.ts'

/** Lines for a person. Effects: the files in `dir`, and whatever an intake does. */
export async function takeSampleDayIn(node: Node, dir: string, onProgress: OnProgress): Promise<string[]> {
  const files = writeSampleDay(dir)
  const summaries: IntakeSummary[] = []
  for (const [i, { file, source }] of files.entries()) {
    summaries.push(await intake.run(node, { files: [file], source }, () => undefined))
    onProgress(i + 1, files.length)
  }
  const record = summaries.find((summary) => summary.firstRecord !== undefined)?.firstRecord
  return [
    ...countLines(summaries),
    ...refusalLines(summaries.flatMap((s) => s.refusals)),
    ...(await receiptLines(node, record)),
  ]
}

function countLines(summaries: readonly IntakeSummary[]): string[] {
  const sum = (of: (summary: IntakeSummary) => number) =>
    String(summaries.reduce((total, s) => total + of(s), 0))
  const rows = [
    ['received 收到', sum((s) => s.received)],
    ['taken in 接收', sum((s) => s.takenIn)],
    ['refused 拒收', sum((s) => s.refused)],
    ['duplicates 重复', sum((s) => s.duplicates)],
    ['records 记录', sum((s) => s.records)],
    ['anchored at height 写入区块', String(summaries.at(-1)?.height ?? 0)],
  ]
  return ['', layTable(rows)]
}

function refusalLines(refusals: readonly RefusalLine[]): string[] {
  const byCode = new Map<string, RefusalLine[]>()
  for (const refusal of refusals) byCode.set(refusal.code, [...(byCode.get(refusal.code) ?? []), refusal])
  const lines = [...byCode].map(
    ([code, [first, ...rest]]) => `  ${rest.length + 1} × ${code}: ${first?.message.zh} ${first?.message.en}`,
  )
  return lines.length === 0 ? [] : ['', 'Refused, waiting in the quarantine 拒收，待处理:', ...lines]
}

/** One record's receipt, checked as a stranger would: from the three files alone. */
async function receiptLines(node: Node, id: string | undefined): Promise<string[]> {
  if (id === undefined) return []
  const version = await findVersion(node, id)
  const record = exportedRecordOf(node, version)
  if (record === undefined) return []
  const { summary } = verifyReceipt(node.suite, {
    receipt: utf8(encodeReceipt(await receiptFor(node, version))),
    record: utf8(encodeExportFile(record)),
    trust: utf8(encodeTrust(node.suite, node.trust)),
  })
  return ['', `Receipt of 回执 ${id}`, `  ${summary.en}`, `  ${summary.zh}`]
}
