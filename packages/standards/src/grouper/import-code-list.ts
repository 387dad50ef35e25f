/** Reads a published list of codes: `code,name,adrg,cc,mcc,exclusion`, one line for each place where a code stands. */
import type { GrouperCode } from './grouper-tables.ts'

/** A line that could not be used. */
export interface BadCodeLine {
  readonly line: number
  readonly zh: string
  readonly en: string
}

/** The codes and what was not one. At most 100 bad lines are told. */
export interface CodeList {
  readonly codes: readonly GrouperCode[]
  readonly bad: readonly BadCodeLine[]
  readonly badCount: number
}

const [MOST_LINES, MOST_BAD] = [500_000, 100]

/** A line of the file; without `cells` it is no line of a table. */
export interface CodeLine {
  readonly line: number
  readonly cells: readonly string[] | undefined
}

/** `lines` begins with the heading. A code that begins with a letter is a diagnosis. */
export async function importCodeList(lines: AsyncIterable<CodeLine>): Promise<CodeList> {
  const codes = new Map<string, Gathered>()
  const bad: BadCodeLine[] = []
  let badCount = 0
  let read = 0
  for await (const { line, cells = [] } of lines) {
    read += 1
    const wrong = read === 1 ? headingProblem(cells) : take(codes, cells, read)
    if (wrong === undefined) continue
    badCount += 1
    if (bad.length < MOST_BAD) bad.push({ line, ...wrong })
    if (read === 1 || read > MOST_LINES) break
  }
  return { codes: [...codes.values()].map(closed), bad, badCount }
}

type Gathered = Omit<GrouperCode, 'adrgs'> & { readonly adrgs: Set<string> }
type Problem = Omit<BadCodeLine, 'line'>

const heading = 'code,name,adrg,cc,mcc,exclusion'

function headingProblem(fields: readonly string[]): Problem | undefined {
  if (fields.join(',').replace('\uFEFF', '') === heading) return undefined
  return { zh: `首行应为 ${heading}`, en: `the first line is ${heading}` }
}

function take(codes: Map<string, Gathered>, fields: readonly string[], line: number): Problem | undefined {
  const [code = '', name = '', adrg = '', cc = '', mcc = '', exclusion = ''] = fields
  if (line > MOST_LINES) return { zh: '行数过多', en: 'too many lines' }
  if (!/^[A-Z0-9][\w.+*†-]{1,63}$/.test(code) || name === '' || name.length > 512)
    return { zh: '缺少编码或名称', en: 'no code or no name' }
  if (!/^([A-Z][A-Z][0-9A-Z])?$/.test(adrg))
    return { zh: 'adrg 不是三位', en: 'adrg has not three characters' }
  if (!/^1?$/.test(cc) || !/^1?$/.test(mcc))
    return { zh: 'cc、mcc 应为空或 1', en: 'cc and mcc are empty or 1' }
  const known = codes.get(code)
  const level = mcc === '1' ? 'mcc' : cc === '1' ? 'cc' : undefined
  if (known !== undefined && (known.level !== level || (known.exclusion ?? '') !== exclusion))
    return { zh: '与前面同一编码的行不一致', en: 'it contradicts an earlier line of the same code' }
  const entry = known ?? {
    code,
    name,
    kind: /^[A-Z]/.test(code) ? ('diagnosis' as const) : ('procedure' as const),
    adrgs: new Set<string>(),
    ...(level === undefined ? {} : { level }),
    ...(exclusion === '' ? {} : { exclusion }),
  }
  if (adrg !== '') entry.adrgs.add(adrg)
  codes.set(code, entry)
  return undefined
}

function closed({ adrgs, ...code }: Gathered): GrouperCode {
  return { ...code, adrgs: [...adrgs].sort() }
}
