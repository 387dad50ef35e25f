/** ValueSet/$expand (R4): what belongs to a value set, by filter and page. */
import { type ExpandedCode, isProblem, type Problem, type Terminology } from '@meridian/standards/terminology'
import { displayIn } from './lookup.ts'
import type { OperationParameters } from './operation-parameters.ts'

/** The expanded ValueSet as JSON text. */
export function expandAnswer(
  terminology: Terminology,
  { value }: OperationParameters,
  now: Date,
): string | Problem | { readonly wrong: string } {
  const url = value('url')
  if (url === undefined) return { wrong: 'url' }
  const [offset, count] = [whole(value('offset')), whole(value('count'))]
  if (Number.isNaN(offset)) return { wrong: 'offset' }
  if (Number.isNaN(count)) return { wrong: 'count' }
  const expansion = terminology.expand(url, {
    filter: value('filter'),
    offset,
    count,
    activeOnly: value('activeOnly') === 'true',
    date: value('date')?.slice(0, 10),
  })
  if (isProblem(expansion)) return expansion
  const shown = { language: value('displayLanguage'), designations: value('includeDesignations') === 'true' }
  return JSON.stringify({
    resourceType: 'ValueSet',
    url,
    status: 'active',
    expansion: {
      timestamp: now.toISOString(),
      total: expansion.total,
      offset: expansion.offset,
      parameter: expansion.releases.map((release) => ({ name: 'version', valueUri: release })),
      contains: expansion.codes.map((one) => containedOf(one, shown)),
    },
  })
}

/** NaN for what is no whole number. */
function whole(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  return /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
}

function containedOf(
  { system, version, code, display, concept }: ExpandedCode,
  shown: { readonly language: string | undefined; readonly designations: boolean },
): object {
  const name =
    concept === undefined || shown.language === undefined ? display : displayIn(concept, shown.language)
  return {
    system,
    ...(version === undefined ? {} : { version }),
    ...(concept?.abstract === true ? { abstract: true } : {}),
    ...(concept?.inactive === true ? { inactive: true } : {}),
    code,
    ...(name === undefined ? {} : { display: name }),
    ...(shown.designations && concept?.designations !== undefined
      ? { designation: concept.designations.map(({ language, value }) => ({ language, value })) }
      : {}),
  }
}
