/** Counts what became of the items of an intake: received = taken in + refused + duplicates, always. */
import { explain, type Outcome } from '@meridian/gateway'
import type { Bilingual } from '../command-line/command.ts'

/** One refusal as the clerk reads it. `position` is the item's index in the file and, where there is one, its line. */
export interface RefusalLine {
  readonly id: string
  readonly file: string
  readonly position: { readonly index: number; readonly line?: number }
  readonly room: string
  readonly code: string
  readonly place?: string
  readonly detail: Readonly<Record<string, string | number>>
  readonly message: Bilingual
  readonly hint: Bilingual
}

/** What `meridian intake --json` prints. `records` counts the versions made; `anchored` those in a block at `height` or before. */
export interface IntakeSummary {
  readonly received: number
  readonly takenIn: number
  readonly refused: number
  readonly duplicates: number
  readonly records: number
  readonly anchored: number
  readonly height: number
  readonly firstRecord?: string
  readonly refusals: readonly RefusalLine[]
  /** Why the ledger does not take what was stored; it is sealed and waits. Absent when it is anchored. */
  readonly notAnchored?: Bilingual & { readonly code: string }
}

/** An empty count. */
export function createIntakeCount() {
  const counts = { received: 0, takenIn: 0, refused: 0, duplicates: 0, records: 0 }
  const refusals: RefusalLine[] = []
  let firstRecord: string | undefined
  return {
    add(file: string, outcomes: readonly Outcome[]): void {
      for (const outcome of outcomes) {
        counts.received += 1
        if (outcome.state === 'duplicate') counts.duplicates += 1
        else if (outcome.state === 'refused') {
          counts.refused += 1
          refusals.push(refusalLine(file, outcome))
        } else {
          counts.takenIn += 1
          const made = outcome.records.filter((record) => record.outcome === 'stored')
          counts.records += made.length
          const [first] = made
          if (first !== undefined) firstRecord ??= `${first.type}/${first.id}/_history/${first.version}`
        }
      }
    },
    summary(height: number, notAnchored?: Bilingual & { readonly code: string }): IntakeSummary {
      const first = firstRecord === undefined ? {} : { firstRecord }
      if (notAnchored !== undefined)
        return { ...counts, anchored: 0, height, ...first, refusals, notAnchored }
      return { ...counts, anchored: counts.records, height, ...first, refusals }
    },
  }
}

function refusalLine(
  file: string,
  { deliveryId, position, refusal }: Extract<Outcome, { state: 'refused' }>,
): RefusalLine {
  const finding = refusal.findings.find((one) => one.severity === 'error')
  const { message, hint } = finding ?? explain(refusal.code)
  return {
    id: deliveryId,
    file,
    position: { index: position.index, ...(position.line === undefined ? {} : { line: position.line }) },
    room: refusal.refusedBy,
    code: refusal.code,
    ...(refusal.place === undefined ? {} : { place: refusal.place }),
    detail: refusal.detail,
    message,
    hint,
  }
}
