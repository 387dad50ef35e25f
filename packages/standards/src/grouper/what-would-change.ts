/** What would change a grouping: another main diagnosis, a complication less or more, a procedure that is missing. */
import type { Episode } from './episode.ts'
import { type Grouping, groupEpisode } from './group-episode.ts'
import type { GrouperTables } from './grouper-tables.ts'

/** One other episode that groups differently. `code` is the one that is moved, left out or looked for. */
export interface Alternative {
  readonly change:
    | 'other-main'
    | 'without-diagnosis'
    | 'without-procedure'
    | 'with-cc'
    | 'with-mcc'
    | 'with-procedure'
  /** A code of the episode; with `with-procedure` the ADRG whose list a procedure would have to be of. */
  readonly code: string
  readonly adrg?: string
  readonly group?: string
  readonly weight?: string
}

/** All of them. It says what the tables answer, never what ought to be coded. */
export function whatWouldChange(
  tables: GrouperTables,
  episode: Episode,
  { adrg, group, year }: Grouping,
): readonly Alternative[] {
  const found: Alternative[] = []
  const ask = (change: Alternative['change'], code: string, changed: Episode) => {
    const other = groupEpisode(tables, changed, year)
    if (other.group === group && other.adrg === adrg) return
    found.push({ change, code, ...told(other) })
  }
  const { diagnoses, procedures } = episode
  const without = (codes: readonly string[], at: number) => codes.filter((_code, index) => index !== at)
  for (const [at, code] of diagnoses.entries()) {
    if (at === 0) continue
    ask('other-main', code, { ...episode, diagnoses: [code, ...without(diagnoses, at)] })
    ask('without-diagnosis', code, { ...episode, diagnoses: without(diagnoses, at) })
  }
  for (const [at, code] of procedures.entries())
    ask('without-procedure', code, { ...episode, procedures: without(procedures, at) })
  return [...found, ...withProcedure(tables, episode, adrg, year), ...withLevel(tables, adrg, group, year)]
}

function told({
  adrg,
  group,
  weight,
}: Pick<Grouping, 'adrg' | 'group' | 'weight'>): Omit<Alternative, 'change' | 'code'> {
  return {
    ...(adrg === undefined ? {} : { adrg }),
    ...(group === undefined ? {} : { group }),
    ...(weight === undefined ? {} : { weight }),
  }
}

/** The ADRGs of the main diagnosis that ask a procedure too. */
function withProcedure(
  tables: GrouperTables,
  { diagnoses }: Episode,
  taken: string | undefined,
  year: string | undefined,
): Alternative[] {
  const own = tables.codes.get(diagnoses[0] ?? '')?.adrgs ?? []
  return own
    .filter((adrg) => adrg !== taken && tables.adrgs.get(adrg)?.asksProcedure === true)
    .filter((adrg) => taken === undefined || adrg < taken)
    .map((adrg) => ({
      change: 'with-procedure',
      code: adrg,
      ...told({ adrg, ...groupOf(tables, adrg, 'none', year) }),
    }))
}

function withLevel(
  tables: GrouperTables,
  adrg: string | undefined,
  group: string | undefined,
  year: string | undefined,
): Alternative[] {
  if (adrg === undefined || group === undefined) return []
  return (['cc', 'mcc'] as const).flatMap((level): Alternative[] => {
    const other = groupOf(tables, adrg, level, year)
    return other.group === undefined || other.group >= group
      ? []
      : [{ change: `with-${level}`, code: level.toUpperCase(), ...told({ adrg, ...other }) }]
  })
}

function groupOf(
  { head, years }: GrouperTables,
  adrg: string,
  level: 'mcc' | 'cc' | 'none',
  year = '',
): Pick<Grouping, 'group' | 'weight'> {
  const weights = years.get(year)?.weights
  const group = head.endings[level].map((ending) => adrg + ending).find((name) => weights?.has(name))
  const weight = group === undefined ? undefined : weights?.get(group)
  return group === undefined || weight === undefined ? {} : { group, weight }
}
