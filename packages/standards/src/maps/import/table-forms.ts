/** The tables that maps are published as: SNOMED CT RF2 extended map refsets, GEM, HL7's v2-to-FHIR maps, and plain CSV. */
import { type Equivalence, equivalences } from '../concept-map.ts'
import { readMapRule } from '../map-rule.ts'
import { bad, type ImportedLine, type ReadCells, skipped } from './import-rows.ts'

/** The forms by the name that the command line takes; `separator` is between cells, quotes only where it is a comma. */
export const tableForms: Readonly<
  Record<string, { readonly separator: ',' | '\t'; readonly read: () => ReadCells }>
> = {
  rf2: { separator: '\t', read: () => readRf2 },
  gem: { separator: ',', read: readGem },
  'v2-to-fhir': { separator: ',', read: () => readV2ToFhir },
  csv: { separator: ',', read: readCsv },
}

/** Their names. */
export const mapTableForms: readonly string[] = Object.keys(tableForms)

/** SNOMED CT map category 447637006 *Map source concept is properly classified*; every other one is less. */
const PROPERLY = '447637006'

/**
 * RF2 extended map refset: id, effectiveTime, active, moduleId, refsetId, referencedComponentId, mapGroup, mapPriority, mapRule, mapAdvice,
 * mapTarget, correlationId, mapCategoryId. A class of a classification is wider than the concept it holds.
 */
const readRf2: ReadCells = (cells, line) => {
  if (cells[0] === 'id' || cells[2] === '0') return skipped
  const [
    ,
    ,
    active,
    ,
    ,
    code = '',
    group,
    priority,
    ruleText = 'TRUE',
    advice = '',
    target = '',
    ,
    category,
  ] = cells
  if (active !== '1' || !/^\d{6,18}$/.test(code))
    return bad(line, '不是 RF2 扩展映射的行', 'it is no row of an RF2 extended map')
  const rule = readMapRule(ruleText)
  if (rule === undefined) return bad(line, '映射规则无法解释', 'the map rule cannot be read')
  return {
    row: {
      code,
      group: whole(group),
      priority: whole(priority),
      rule,
      ruleText,
      target: target === '' ? null : target,
      equivalence: target === '' ? 'unmatched' : category === PROPERLY ? 'wider' : 'inexact',
      ...(advice === '' ? {} : { advice: advice.slice(0, 2000) }),
    },
  }
}

function whole(text: string | undefined): number {
  const number = Number(text)
  return Number.isSafeInteger(number) && number >= 1 ? number : 1
}

/**
 * GEM: source, target, flags, approximate, no_map, combination, scenario, choice_list. With *combination* one target of each choice list of
 * a scenario is needed: choice lists become groups, scenarios and choices come in the order of the file.
 */
function readGem(): ReadCells {
  const priorities = new Map<string, number>()
  return (cells, line) => {
    const [code = '', target = '', , approximate, noMap, combination, , choiceList] = cells
    if (code === 'icd9cm' || code === '') return skipped
    if (cells.length < 8 || !/^[01]$/.test(approximate ?? ''))
      return bad(line, '不是 GEM 的行', 'it is no row of a GEM')
    const group = combination === '1' ? whole(choiceList) : 1
    const key = `${code}|${group}`
    const priority = (priorities.get(key) ?? 0) + 1
    priorities.set(key, priority)
    const none = noMap === '1'
    return {
      row: {
        code,
        group,
        priority,
        rule: { when: 'always' },
        ruleText: 'TRUE',
        target: none ? null : target,
        equivalence: none ? 'unmatched' : approximate === '1' ? 'inexact' : 'equivalent',
      },
    }
  }
}

/** HL7's v2-to-FHIR concept maps: code, text, system, three forms of a condition, target code, …, display, system, …, comment. */
const readV2ToFhir: ReadCells = (cells, line) => {
  const [code = '', , , antlr = '', , narrative = '', target = '', , display = '', , , comment = ''] = cells
  if (line <= 2 || code === '') return skipped
  if (antlr !== '' || narrative !== '')
    return bad(
      line,
      '该行有条件，表中的条件不是可计算的规则',
      'the row has a condition that is no computable rule',
    )
  return {
    row: {
      code,
      group: 1,
      priority: 1,
      rule: { when: 'always' },
      ruleText: 'TRUE',
      target: target === '' ? null : target,
      equivalence: target === '' ? 'unmatched' : 'equivalent',
      ...(display === '' ? {} : { display: display.slice(0, 512) }),
      ...(comment === '' ? {} : { advice: comment.slice(0, 2000) }),
    },
  }
}

const columns = ['code', 'target', 'equivalence', 'group', 'priority', 'rule', 'display', 'advice'] as const

/** CSV with headings of ours: `code,target,equivalence` and, as needed, `group,priority,rule,display,advice`. */
function readCsv(): ReadCells {
  let places: ReadonlyMap<string, number> | undefined
  return (cells, line): ImportedLine => {
    if (places === undefined) {
      places = new Map(cells.map((heading, at) => [heading.trim(), at]))
      const hasAll = ['code', 'target', 'equivalence'].every((name) => places?.has(name))
      return hasAll
        ? skipped
        : bad(line, `表头应有 ${columns.join('、')}`, `the headings are ${columns.join(', ')}`)
    }
    const cell = (name: (typeof columns)[number]) => cells[places?.get(name) ?? -1]?.trim() ?? ''
    const rule = readMapRule(cell('rule'))
    const equivalence = equivalences.find((one) => one === cell('equivalence')) as Equivalence | undefined
    if (cell('code') === '' || equivalence === undefined || rule === undefined)
      return bad(
        line,
        '缺少编码，或关系、规则不认识',
        'the code is missing, or relation or rule is not known',
      )
    const [display, advice] = [cell('display'), cell('advice')]
    return {
      row: {
        code: cell('code'),
        group: whole(cell('group')),
        priority: whole(cell('priority')),
        rule,
        ruleText: cell('rule') === '' ? 'TRUE' : cell('rule'),
        target: cell('target') === '' ? null : cell('target'),
        equivalence,
        ...(display === '' ? {} : { display }),
        ...(advice === '' ? {} : { advice }),
      },
    }
  }
}
