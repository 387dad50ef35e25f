/** Groups an episode: first chapters in order, chapter of the main diagnosis, ADRG by its conditions in order, group by complications. */
import type { Bilingual } from '../finding.ts'
import type { Episode } from './episode.ts'
import type { Chapter, GrouperTables, Level } from './grouper-tables.ts'
import { stepWords } from './step-words.ts'

/** One step of the ladder. `taken`: it decided; `passed`: it did not apply; `unknown`: the tables or the episode do not say. */
export interface GroupingStep {
  readonly step: 'first-chapter' | 'chapter' | 'adrg' | 'complication' | 'group' | 'weight'
  readonly outcome: 'taken' | 'passed' | 'unknown'
  readonly subject: string
  readonly codes: readonly string[]
  readonly text: Bilingual
}

/** Why there is no group, or what should be looked at before the episode is submitted. */
export interface GroupingWarning {
  readonly code: 'ungroupable-code' | 'unknown-code' | 'no-group' | 'several-adrgs' | 'unrelated-procedure'
  readonly subject: string
  readonly text: Bilingual
}

/** The answer. Without `group` the episode falls in none. `weight` is decimal text. */
export interface Grouping {
  readonly chapter?: string
  readonly adrg?: string
  readonly group?: string
  readonly level: Level | 'none'
  readonly weight?: string
  readonly year?: string
  readonly steps: readonly GroupingStep[]
  readonly warnings: readonly GroupingWarning[]
}

/** Groups with the weights of a year; the newest when none is named. */
export function groupEpisode(tables: GrouperTables, episode: Episode, year?: string): Grouping {
  const asked = withVentilation(tables, episode)
  const steps: GroupingStep[] = []
  const found = findAdrg(tables, asked, steps)
  const warnings = warningsOf(tables, asked, found)
  const level = levelOf(tables, asked, steps)
  if (found === undefined) return { level, steps, warnings }
  const { chapter, adrg } = found
  return { chapter, adrg, ...lastSteps(tables, adrg, level, year, steps), level, steps, warnings }
}

interface Found {
  readonly chapter: string
  readonly adrg: string
  /** ADRGs whose conditions in the tables are the same: nothing there tells them apart. */
  readonly same: readonly string[]
}

function withVentilation({ head }: GrouperTables, episode: Episode): Episode {
  const { ventilation } = head
  if (ventilation === undefined || (episode.ventilationHours ?? 0) < ventilation.hours) return episode
  return { ...episode, procedures: [...new Set([...episode.procedures, ventilation.procedure])] }
}

function findAdrg(tables: GrouperTables, episode: Episode, steps: GroupingStep[]): Found | undefined {
  for (const chapter of tables.head.chapters) {
    if (chapter.first === undefined) continue
    const outcome = firstTest(tables, chapter, episode)
    const found = outcome === 'taken' ? adrgIn(tables, chapter, episode, steps) : undefined
    const isIn = found !== undefined
    const told = outcome === 'taken' && !isIn ? 'passed' : outcome
    steps.push(step('first-chapter', told, `MDC${chapter.letter}`, [], chapter.title))
    if (found !== undefined) return found
  }
  const [main = ''] = episode.diagnoses
  const letters = new Set((tables.codes.get(main)?.adrgs ?? []).map((adrg) => adrg.charAt(0)))
  for (const chapter of tables.head.chapters) {
    if (chapter.first !== undefined || !letters.has(chapter.letter)) continue
    if (chapter.sex !== undefined && episode.sex !== undefined && chapter.sex !== episode.sex) {
      steps.push(step('chapter', 'passed', `MDC${chapter.letter}`, [main], chapter.title))
      continue
    }
    steps.push(step('chapter', 'taken', `MDC${chapter.letter}`, [main], chapter.title))
    const found = adrgIn(tables, chapter, episode, steps)
    if (found !== undefined) return found
  }
  return undefined
}

function firstTest(
  { head, codes, adrgs }: GrouperTables,
  chapter: Chapter,
  episode: Episode,
): GroupingStep['outcome'] {
  const leads = (code: string) =>
    codes.get(code)?.adrgs.some((adrg) => adrg.startsWith(chapter.letter)) === true
  switch (chapter.first) {
    case 'procedure':
      return episode.procedures.some(leads) ? 'taken' : 'passed'
    case 'newborn':
      if (episode.ageDays === undefined) return 'unknown'
      return episode.ageDays < head.newbornBelowDays ? 'taken' : 'passed'
    case 'any-diagnosis':
      return episode.diagnoses.some(leads) ? 'taken' : 'passed'
    default: {
      if (head.traumas.length === 0 || ![...adrgs.keys()].some((adrg) => adrg.startsWith(chapter.letter)))
        return 'unknown'
      const regions = episode.diagnoses.flatMap(
        (code) => head.traumas.find(({ prefix }) => code.startsWith(prefix))?.region ?? [],
      )
      return new Set(regions).size >= 2 ? 'taken' : 'passed'
    }
  }
}

/** Surgical (A–J) before procedure (K–Q) before medical (R–Z): the order of the second letter. */
function adrgIn(
  { adrgs, codes }: GrouperTables,
  chapter: Chapter,
  { diagnoses, procedures }: Episode,
  steps: GroupingStep[],
): Found | undefined {
  const asked = chapter.first === 'any-diagnosis' ? diagnoses : diagnoses.slice(0, 1)
  const fits: { adrg: string; by: readonly string[] }[] = []
  for (const [adrg, { asksDiagnosis, asksProcedure }] of adrgs) {
    if (!adrg.startsWith(chapter.letter)) continue
    const holds = (code: string) => codes.get(code)?.adrgs.includes(adrg) === true
    const [byDiagnosis, byProcedure] = [asked.filter(holds), procedures.filter(holds)]
    if ((asksDiagnosis && byDiagnosis.length === 0) || (asksProcedure && byProcedure.length === 0)) continue
    fits.push({ adrg, by: [...byDiagnosis, ...byProcedure] })
  }
  const [first, ...others] = fits
  if (first === undefined) return undefined
  steps.push(step('adrg', 'taken', first.adrg, first.by))
  for (const { adrg, by } of others) steps.push(step('adrg', 'passed', adrg, by))
  const part = partOf(first.adrg)
  const same = others.filter(({ adrg, by }) => partOf(adrg) === part && by.join() === first.by.join())
  return { chapter: chapter.letter, adrg: first.adrg, same: same.map(({ adrg }) => adrg) }
}

/** Which part of a chapter an ADRG stands in. */
export function partOf(adrg: string): 'surgical' | 'procedure' | 'medical' {
  const letter = adrg.charAt(1)
  if (letter <= 'J') return 'surgical'
  return letter <= 'Q' ? 'procedure' : 'medical'
}

function levelOf({ codes }: GrouperTables, { diagnoses }: Episode, steps: GroupingStep[]): Level | 'none' {
  const [main = '', ...others] = diagnoses
  const excluded = codes.get(main)?.exclusion
  let best: Level | 'none' = 'none'
  for (const other of others) {
    const { level, exclusion } = codes.get(other) ?? {}
    if (level === undefined || other === main) continue
    const isExcluded = exclusion !== undefined && exclusion === excluded
    steps.push(step('complication', isExcluded ? 'passed' : 'taken', level.toUpperCase(), [other]))
    if (!isExcluded && best !== 'mcc') best = level
  }
  return best
}

function lastSteps(
  { head, years }: GrouperTables,
  adrg: string,
  level: Level | 'none',
  asked: string | undefined,
  steps: GroupingStep[],
): Pick<Grouping, 'group' | 'weight' | 'year'> {
  const year = asked ?? [...years.keys()].sort().at(-1)
  const weights = year === undefined ? undefined : years.get(year)?.weights
  const group = head.endings[level].map((ending) => adrg + ending).find((name) => weights?.has(name))
  if (group === undefined || year === undefined) {
    steps.push(step('group', 'unknown', adrg, []))
    return year === undefined ? {} : { year }
  }
  const weight = weights?.get(group) ?? ''
  steps.push(step('group', 'taken', group, []), step('weight', 'taken', weight, [year]))
  return { group, weight, year }
}

function warningsOf({ codes }: GrouperTables, episode: Episode, found: Found | undefined): GroupingWarning[] {
  const [main = ''] = episode.diagnoses
  const warnings: GroupingWarning[] = []
  const warn = (code: GroupingWarning['code'], subject: string) =>
    warnings.push({ code, subject, text: stepWords(code, subject) })
  for (const code of [...episode.diagnoses, ...episode.procedures])
    if (!codes.has(code)) warn('unknown-code', code)
  if (codes.get(main)?.adrgs.length === 0) warn('ungroupable-code', main)
  if (found === undefined) warn('no-group', main)
  if (found !== undefined && found.same.length > 0)
    warn('several-adrgs', [found.adrg, ...found.same].join(', '))
  for (const code of episode.procedures) {
    const groups = codes.get(code)?.adrgs ?? []
    if (found !== undefined && groups.length > 0 && !groups.some((adrg) => adrg.startsWith(found.chapter)))
      warn('unrelated-procedure', code)
  }
  return warnings
}

function step(
  name: GroupingStep['step'],
  outcome: GroupingStep['outcome'],
  subject: string,
  codes: readonly string[],
  title?: Bilingual,
): GroupingStep {
  const words = stepWords(`${name}.${outcome}`, subject, codes)
  const text =
    title === undefined ? words : { zh: `${words.zh}（${title.zh}）`, en: `${words.en} (${title.en})` }
  return { step: name, outcome, subject, codes, text }
}
