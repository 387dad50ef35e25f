/** The choices over SQL: the port of `choices.ts`. */
import { encodeCursor, startOf } from '../cursor.ts'
import type { Page, PageRequest } from '../records/records.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { ChoiceState, Choices, CodeChoice, NewSuggestion } from './choices.ts'
import { type ChoiceRow, choiceOf, sealChoice, termName } from './sealed-choice.ts'

const longestText = 200

/** Makes the choices of one vault. */
export function openChoices(vault: VaultContext): Choices {
  const get = async (term: Uint8Array) => {
    const row = await rowOf(vault, vault.driver, term)
    return row === undefined ? undefined : choiceOf(vault, row)
  }
  return {
    suggest: (suggestions) => suggest(vault, suggestions),
    list: (state, page) => list(vault, state, page),
    get: async (id) => (isChoiceId(id) ? get(Buffer.from(id, 'hex')) : undefined),
    async confirmed(term) {
      const choice = await get(termName(vault, term))
      return choice?.state === 'confirmed' ? choice.code : undefined
    },
    decide: async (id, decision) => isChoiceId(id) && (await decide(vault, id, decision)),
  }
}

const isChoiceId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

async function suggest(vault: VaultContext, suggestions: readonly NewSuggestion[]): Promise<number> {
  const suggestedTime = vault.clock.now().toISOString()
  return vault.driver.transaction(async (session) => {
    let fresh = 0
    for (const { term: written, code, confidence, basis } of suggestions) {
      if (written.text.length > longestText || written.text.trim() === '') continue
      const term = termName(vault, written)
      const content = { term: written, code, confidence, basis, suggestedTime }
      const sealed = sealChoice(vault, { term, state: 'suggested' }, content)
      const [row] = await session.query<{ seen: number }>(
        `INSERT INTO code_choices AS c (organisation_id, term, state, seen, sealed) VALUES ($1, $2, 'suggested', 1, $3)
         ON CONFLICT (organisation_id, term) DO UPDATE SET seen = c.seen + 1 RETURNING seen`,
        [vault.organisationId, term, sealed],
      )
      if (row?.seen === 1) fresh += 1
    }
    return fresh
  })
}

async function list(
  vault: VaultContext,
  state: ChoiceState,
  page: PageRequest,
): Promise<Page<CodeChoice> | undefined> {
  const name = `code choices ${state}`
  const after = startOf(vault, name, { ...page, start: 0n })
  if (after === undefined) return undefined
  const rows = await vault.driver.query<ChoiceRow>(
    `SELECT term, number, state, seen, sealed FROM code_choices
     WHERE organisation_id = $1 AND state = $2 AND number > $3 ORDER BY number LIMIT $4`,
    [vault.organisationId, state, after, page.count + 1],
  )
  const shown = rows.slice(0, page.count)
  const last = shown.at(-1)
  const items = shown.map((row) => choiceOf(vault, row))
  return rows.length > shown.length && last !== undefined
    ? { items, next: encodeCursor(vault, name, last.number) }
    : { items }
}

async function decide(
  vault: VaultContext,
  id: string,
  { state, by, code }: Parameters<Choices['decide']>[1],
): Promise<boolean> {
  const term = Buffer.from(id, 'hex')
  return vault.driver.transaction(async (session) => {
    const row = await rowOf(vault, session, term, 'FOR UPDATE')
    if (row === undefined) return false
    const { id: _, state: __, seen: ___, ...content } = choiceOf(vault, row)
    const decided = {
      ...content,
      ...(code === undefined ? {} : { code }),
      decidedBy: by,
      decidedTime: vault.clock.now().toISOString(),
    }
    await session.query(
      'UPDATE code_choices SET state = $3, sealed = $4 WHERE organisation_id = $1 AND term = $2',
      [vault.organisationId, term, state, sealChoice(vault, { term, state }, decided)],
    )
    return true
  })
}

async function rowOf(
  vault: VaultContext,
  session: SqlSession,
  term: Uint8Array,
  lock: '' | 'FOR UPDATE' = '',
): Promise<ChoiceRow | undefined> {
  const [row] = await session.query<ChoiceRow>(
    `SELECT term, number, state, seen, sealed FROM code_choices WHERE organisation_id = $1 AND term = $2 ${lock}`,
    [vault.organisationId, term],
  )
  return row
}
