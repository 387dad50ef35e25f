/** `meridian terminology review`: suggests codes for what sources wrote, and lets a person confirm or reject them. */
import { isProblem, type Problem, suggestCodes, type Terminology } from '@meridian/standards/terminology'
import type { CodeChoice, NewSuggestion, WrittenTerm } from '@meridian/vault'
import { type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { perform } from '../control/control-client.ts'
import { ask, option, sayRefused } from './ask.ts'
import { readNamedText } from './read-file.ts'
import { writtenTerms } from './written-terms.ts'

const icd10 = 'http://hl7.org/fhir/sid/icd-10'

/** The words after `review`. `refuse` prints why a code is not there. */
export async function reviewTerms(
  invocation: Invocation,
  terminology: Terminology,
  [verb, ...words]: readonly string[],
  refuse: (problem: Problem) => ExitCode,
): Promise<ExitCode> {
  if (verb === 'list' || verb === undefined) {
    const [state, cursor] = [option(invocation, 'state'), option(invocation, 'cursor')]
    return ask(
      invocation,
      'review',
      { ...(state === undefined ? {} : { state }), ...(cursor === undefined ? {} : { cursor }) },
      ({ items, next }: { items: readonly CodeChoice[]; next?: string }) =>
        [showChoices(items), ...(next === undefined ? [] : [`--cursor ${next}`])].join('\n'),
    )
  }
  if (verb === 'scan' && words.length === 1) return scan(invocation, terminology, words[0] as string)
  const [id, system, code] = words
  if (id === undefined || (verb !== 'confirm' && verb !== 'reject')) throw howToReview()
  const state = verb === 'confirm' ? 'confirmed' : 'rejected'
  if (system === undefined) return decide(invocation, { id, state })
  if (code === undefined || verb === 'reject') throw howToReview()
  const found = terminology.lookup(system, code)
  if (isProblem(found)) return refuse(found)
  return decide(invocation, { id, state, code: { system, code, display: found.concept.display } })
}

const decide = (invocation: Invocation, choice: object) =>
  ask(invocation, 'review', { decide: choice }, (one: CodeChoice) => showChoices([one]))

const showChoices = (items: readonly CodeChoice[]): string =>
  layTable(
    items.map(({ id, state, term, code, confidence, seen }) => [
      id,
      state,
      term.source,
      [term.system, term.text].filter((part) => part !== '').join('|'),
      `→ ${code.code} ${code.display}`,
      String(confidence),
      `×${seen}`,
    ]),
  )

/** Answers `{confirmed, added, unknown}`: terms with a confirmed code, new in the queue, without any suggestion. */
async function scan(invocation: Invocation, terminology: Terminology, file: string): Promise<ExitCode> {
  const source = option(invocation, 'source')
  if (source === undefined) throw howToReview()
  const system = option(invocation, 'system') ?? icd10
  const known = new Set(terminology.systems().map((release) => release.system))
  const terms = writtenTerms(jsonOf(file), source, (one) => known.has(one))
  try {
    const { confirmed } = (await perform(invocation, 'review', { terms }, () => {})) as {
      confirmed: readonly (NewSuggestion['code'] | null)[]
    }
    const open = terms.filter((_, at) => confirmed[at] === null)
    const suggestions = open.flatMap((term) => suggestionFor(terminology, system, term))
    const { added } = (await perform(invocation, 'review', { suggest: suggestions }, () => {})) as {
      added: number
    }
    const answer = {
      confirmed: terms.flatMap((term, at) => (confirmed[at] ? [{ term, code: confirmed[at] }] : [])),
      suggested: suggestions,
      added,
      unknown: open.length - suggestions.length,
    }
    invocation.out(invocation.json ? JSON.stringify(answer) : shownScan(answer))
    return 0
  } catch (error) {
    return sayRefused(invocation, error)
  }
}

const shownScan = (answer: { confirmed: readonly unknown[]; added: number; unknown: number }): string =>
  `${answer.confirmed.length} 已确认 confirmed · ${answer.added} 新进入复核队列 new in the queue · ${answer.unknown} 无建议 without a suggestion`

/** The best one: a person decides, and may confirm another. */
function suggestionFor(terminology: Terminology, system: string, term: WrittenTerm): NewSuggestion[] {
  const all = suggestCodes(terminology, { system, text: term.text })
  const best = isProblem(all) ? undefined : all[0]
  if (best === undefined) return []
  const { code, display, confidence, basis } = best
  return [{ term, code: { system, code, display }, confidence, basis }]
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readNamedText(file))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UsageError({ zh: `${file} 不是 JSON。`, en: `${file} is not JSON.` })
  }
}

const howToReview = (): UsageError =>
  new UsageError({
    zh: '用法：meridian terminology review list [--state suggested|confirmed|rejected] | scan FHIR文件 --source 来源 | confirm 编号 [体系 代码] | reject 编号。',
    en: 'Use: meridian terminology review list [--state suggested|confirmed|rejected] | scan FHIR-FILE --source NAME | confirm ID [SYSTEM CODE] | reject ID.',
  })
