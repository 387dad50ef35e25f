/** The port of choices: what sources write, the code it may mean, and what a person decided about it. Texts are sealed. */
import type { Page, PageRequest } from '../records/records.ts'

/** What stands in a record. `system` is the source's own code system, '' where it is free text. */
export interface WrittenTerm {
  readonly source: string
  readonly system: string
  /** The local code or the text, at most 200 characters. */
  readonly text: string
}

/** A code of a system that is known. */
export interface ChosenCode {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** A suggestion; `confidence` from 0 to 1, `basis` what it rests on. */
export interface NewSuggestion {
  readonly term: WrittenTerm
  readonly code: ChosenCode
  readonly confidence: number
  readonly basis: string
}

/** Only `confirmed` may ever be used for a record. */
export type ChoiceState = 'suggested' | 'confirmed' | 'rejected'

/** A suggestion and what became of it. */
export interface CodeChoice extends NewSuggestion {
  /** Hex; the same term always has the same. */
  readonly id: string
  readonly state: ChoiceState
  /** How often it was met. */
  readonly seen: number
  readonly suggestedTime: string
  readonly decidedBy?: string
  readonly decidedTime?: string
}

/** The choices of one vault. */
export interface Choices {
  /** Puts what is new into the queue, in order, and counts what is known: a decision stays. Longer texts are left out. Gives how many are new. */
  suggest(suggestions: readonly NewSuggestion[]): Promise<number>
  /** In the order they came; undefined for a foreign cursor. */
  list(state: ChoiceState, page: PageRequest): Promise<Page<CodeChoice> | undefined>
  get(id: string): Promise<CodeChoice | undefined>
  /** The confirmed code of a term, whatever its case and spaces. */
  confirmed(term: WrittenTerm): Promise<ChosenCode | undefined>
  /** Confirms, with another code where one is given, or rejects; may be said again. False when there is no such choice. */
  decide(
    id: string,
    decision: { readonly state: 'confirmed' | 'rejected'; readonly by: string; readonly code?: ChosenCode },
  ): Promise<boolean>
}
