/** Data quality: runs and what they found, trends, the records behind a check, thresholds. Counts are for everybody, records are not. */
import type { QualityScope } from '@meridian/standards/quality'
import type { QualityDimension, QualityRun } from '@meridian/vault'
import { qualityBreakdown, qualityCsv, qualityReport } from '../../../quality/quality-report.ts'
import { recordsFor } from '../access.ts'
import { refuseCall } from '../admin-errors.ts'
import { type AdminRoute, type DoorParts, personOf } from '../admin-route.ts'
import { anyOfThese, codeForm, cursorForm, exactly, numberForm, sourceForm } from '../parameter-forms.ts'

const dayForm = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', maxLength: 10 }
const byForm = { enum: ['department', 'source', 'period'] }
const one = exactly({ run: numberForm })
const RUNS_SHOWN = 30

/** `GET /api/quality/runs` → the newest runs. */
export const listQualityRuns: AdminRoute = {
  method: 'GET',
  path: '/api/quality/runs',
  answer: async (_call, { quality }) => ({ items: await quality.results.runs(RUNS_SHOWN) }),
}

/** `POST /api/quality/runs {from?, to?, department?, source?}` → the report of a new run. */
export const startQualityRun: AdminRoute = {
  method: 'POST',
  path: '/api/quality/runs',
  schema: {
    body: anyOfThese({ from: dayForm, to: dayForm, department: sourceForm, source: sourceForm }),
  },
  async answer({ body }, parts) {
    const { from, to } = body as QualityScope
    const wrong = [from, to].find((day) => day !== undefined && Number.isNaN(Date.parse(day)))
    if (wrong !== undefined) return refuseCall('request.invalid', wrong === from ? 'from' : 'to')
    const run = await parts.quality.run(body as QualityScope)
    if (run === 'running') return refuseCall('quality.running')
    return reportOf(parts, await parts.quality.results.run(run))
  },
}

/** `GET /api/quality/runs/:run?by=&check=` → the report; with `by` what it is told apart by. */
export const readQualityRun: AdminRoute = {
  method: 'GET',
  path: '/api/quality/runs/:run',
  schema: { params: one, querystring: anyOfThese({ by: byForm, check: codeForm }) },
  async answer({ params, query }, parts) {
    const run = await parts.quality.results.run(Number(params.run))
    const report = await reportOf(parts, run)
    if (run === undefined || query.by === undefined) return report
    const { by, check } = query
    const of = { run: run.run, by: by as QualityDimension, ...(check === undefined ? {} : { check }) }
    return { ...report, by, items: await qualityBreakdown(parts.quality.results, of) }
  },
}

/** `GET /api/quality/runs/:run/csv` → the checks as a file for a spreadsheet. */
export const readQualityCsv: AdminRoute = {
  method: 'GET',
  path: '/api/quality/runs/:run/csv',
  schema: { params: one },
  async answer({ params, reply }, { quality }) {
    const run = await quality.results.run(Number(params.run))
    if (run === undefined) return refuseCall('quality.unknown')
    const text = qualityCsv(await qualityReport({ quality: quality.results, rules: quality.rules }, run))
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="quality-${run.run}.csv"`)
      .send(text)
    return undefined
  },
}

/** `GET /api/quality/runs/:run/failures?check=&cursor=` → own records that fail it, as far as the caller may see records. */
export const listQualityFailures: AdminRoute = {
  method: 'GET',
  path: '/api/quality/runs/:run/failures',
  schema: { params: one, querystring: exactly({ check: codeForm, cursor: cursorForm }, ['cursor']) },
  async answer(call, { quality }) {
    const { check = '', cursor } = call.query
    const page = await quality.results.failures(
      { run: Number(call.params.run), check },
      { count: 50, ...(cursor === undefined ? {} : { cursor }) },
      recordsFor(personOf(call).role),
    )
    return page ?? refuseCall('request.invalid', 'cursor')
  },
}

/** `GET /api/quality/trend?check=` → counts over the newest runs, oldest first. */
export const readQualityTrend: AdminRoute = {
  method: 'GET',
  path: '/api/quality/trend',
  schema: { querystring: anyOfThese({ check: codeForm }) },
  answer: async ({ query }, { quality }) => ({ items: await quality.results.trend(RUNS_SHOWN, query.check) }),
}

/** `POST /api/quality/thresholds {check, percent}` → 204; the organisation's own threshold. */
export const setQualityThreshold: AdminRoute = {
  method: 'POST',
  path: '/api/quality/thresholds',
  schema: { body: exactly({ check: codeForm, percent: { type: 'number', minimum: 0, maximum: 100 } }) },
  async answer(call, { quality }) {
    const { check, percent } = call.body
    if (!quality.rules.checks.some(({ id }) => id === check)) return refuseCall('request.invalid', 'check')
    await quality.results.setThreshold(String(check), Number(percent), personOf(call).name)
    return undefined
  },
}

async function reportOf({ quality }: DoorParts, run: QualityRun | undefined) {
  if (run === undefined) return refuseCall('quality.unknown')
  return qualityReport({ quality: quality.results, rules: quality.rules }, run)
}
