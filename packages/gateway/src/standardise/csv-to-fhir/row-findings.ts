/** Says in both languages what is wrong with a cell, by its column's heading and never by its value. */
import type { Finding } from '@meridian/standards'
import { csvTexts } from '../../catalogue-csv.ts'
import type { CellProblem, Row } from './row.ts'

/** The finding for a problem; the unit reader's own words where it found it. */
export function rowFinding(row: Row, problem: CellProblem, severity: Finding['severity']): Finding {
  const path = `column "${row.heading(problem.column)}"`
  if (problem.finding !== undefined) return { ...problem.finding, path, severity }
  const { message, hint } = csvTexts[problem.code] ?? unknownText
  return { code: problem.code, path, severity, message, hint }
}

const unknownText = {
  message: { zh: '该单元格的值不可用。', en: 'The cell cannot be used.' },
  hint: { zh: '请检查该列的值。', en: 'Check the value in this column.' },
}
