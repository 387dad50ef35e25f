/** Runs a rule set over one's own vault, person by person, and keeps what came out. Effects: vault (`quality_*`). */
import { plainCopy } from '@meridian/protocol'
import {
  createEvaluation,
  type EvaluationOptions,
  type QualityFailure,
  type QualityRecord,
  type QualityRules,
  type QualityScope,
} from '@meridian/standards/quality'
import { accessAll, type RecordVersion, type Vault } from '@meridian/vault'
import { countEdits } from './count-edits.ts'

/** What a run needs. Hashes are hex; `nowMs` is milliseconds since 1970. */
export interface QualityRunNeeds {
  readonly quality: Vault['quality']
  readonly rules: QualityRules
  readonly rulesHash: string
  readonly standardsSetHash: string
  readonly nowMs: () => number
  readonly isKnownCode?: EvaluationOptions['isKnownCode']
}

/** Failed records kept for each check: what can be mended by hand. The counts say how many there are. */
const FAILURES_KEPT = 1000

/** Reads every record under its own institution's access and gives the number of the run. `onProgress` counts persons. */
export async function runQuality(
  needs: QualityRunNeeds,
  scope: QualityScope,
  onProgress: (persons: number) => void = () => undefined,
): Promise<number> {
  const { quality, rules, isKnownCode } = needs
  const startedTime = new Date(needs.nowMs()).toISOString()
  const evaluation = createEvaluation(rules, { scope, ...(isKnownCode === undefined ? {} : { isKnownCode }) })
  const failures = createFailureList()
  let done = 0
  for await (const { patientId, records } of quality.persons(accessAll)) {
    failures.add(evaluation.addPerson(patientId, records.flatMap(recordOf)))
    done += 1
    onProgress(done)
  }
  const { persons, records, cells } = evaluation.finish()
  const measures = { ...(await quality.measure(scope)), frequentEdits: await countEdits(quality, scope) }
  return quality.keep({
    rulesId: `${rules.id}|${rules.version}`,
    rulesHash: needs.rulesHash,
    standardsSetHash: needs.standardsSetHash,
    scope: { ...scope },
    startedTime,
    persons,
    records,
    measures,
    cells,
    failures: failures.kept,
  })
}

/** A version as the checks see it; one that is erased meanwhile is no record any more. */
export function recordOf(version: RecordVersion): QualityRecord[] {
  if (version.opened === null) return []
  const { type, id, source, times } = version
  const resource = plainCopy(version.opened.resource) as QualityRecord['resource']
  return [{ type, id, source, resource, day: (times.clinical ?? times.received).slice(0, 10) }]
}

function createFailureList(): {
  readonly kept: QualityFailure[]
  add(failures: readonly QualityFailure[]): void
} {
  const counts = new Map<string, number>()
  const kept: QualityFailure[] = []
  return {
    kept,
    add(failures) {
      for (const failure of failures) {
        const count = (counts.get(failure.check) ?? 0) + 1
        counts.set(failure.check, count)
        if (count <= FAILURES_KEPT) kept.push(failure)
      }
    },
  }
}
