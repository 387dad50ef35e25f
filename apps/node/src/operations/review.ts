/** `review`: the queue of codes suggested for what sources wrote, and what a person decides about them. */
import type { ChoiceState, ChosenCode, NewSuggestion, WrittenTerm } from '@meridian/vault'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** One of them: `terms` asks which are decided, `suggest` puts into the queue, `decide` confirms or rejects, else the list of `state`. */
interface ReviewArgs {
  readonly terms?: readonly WrittenTerm[]
  readonly suggest?: readonly NewSuggestion[]
  readonly decide?: {
    readonly id: string
    readonly state: 'confirmed' | 'rejected'
    readonly code?: ChosenCode
  }
  readonly state?: ChoiceState
  readonly count?: number
  readonly cursor?: string
}

export const review: Operation<ReviewArgs, Json> = {
  name: 'review',
  async run({ vault: { choices } }, { terms, suggest, decide, state = 'suggested', count = 50, cursor }) {
    if (terms !== undefined)
      return {
        confirmed: await Promise.all(terms.map(async (term) => (await choices.confirmed(term)) ?? null)),
      }
    if (suggest !== undefined) return { added: await choices.suggest(suggest) }
    if (decide !== undefined) {
      const { id, ...decision } = decide
      if (!(await choices.decide(id, { ...decision, by: 'operator' })))
        throw new OperationRefused('choice-unknown', unknownChoice)
      return await choices.get(id)
    }
    if (!['suggested', 'confirmed', 'rejected'].includes(state))
      throw new OperationRefused('choice-state-unknown', unknownState)
    const page = await choices.list(state, {
      count: Math.min(500, Math.max(1, count)),
      ...(cursor === undefined ? {} : { cursor }),
    })
    if (page === undefined) throw new OperationRefused('cursor-unknown', unknownCursor)
    return page
  },
}

const unknownChoice = {
  zh: '没有这一条；请从 meridian terminology review list 中选取编号。',
  en: 'There is no such choice: take an id from meridian terminology review list.',
}
const unknownState = {
  zh: 'state 只能是 suggested、confirmed 或 rejected。',
  en: 'state is suggested, confirmed or rejected.',
}
const unknownCursor = {
  zh: '翻页标记无效，请从头列出。',
  en: 'The mark is not of this list: list from the beginning.',
}
