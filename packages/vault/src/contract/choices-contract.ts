/** Contract of choices: a suggestion waits for a person, a decision stays, and only what was confirmed is ever given for a term. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewSuggestion } from '../choices/choices.ts'
import { type ContractHome, newVault } from './contract-vault.ts'

const e119 = { system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11.9', display: '2型糖尿病' }
const suggestion = (text: string, source = 'his'): NewSuggestion => ({
  term: { source, system: '', text },
  code: e119,
  confidence: 0.9,
  basis: 'abbreviation',
})
const all = { count: 100 }

/** Registers the tests. */
export function choicesContract(home: ContractHome): void {
  test('a suggested code is not given for its term before a person confirmed it, and no longer once rejected', async () => {
    const { vault } = await newVault(home())
    const { choices } = vault
    assert.equal(await choices.suggest([suggestion('DM2'), suggestion('T2DM')]), 2)
    const term = { source: 'his', system: '', text: ' ｄm2 ' }
    assert.equal(await choices.confirmed(term), undefined)
    const [first] = (await choices.list('suggested', all))?.items ?? []
    assert.deepEqual([first?.term.text, first?.confidence, first?.seen], ['DM2', 0.9, 1])
    const id = first?.id ?? ''
    assert.equal(await choices.decide(id, { state: 'confirmed', by: 'coder' }), true)
    assert.deepEqual(await choices.confirmed(term), e119)
    assert.equal(await choices.confirmed({ ...term, source: 'lis' }), undefined, 'a choice is of one source')
    assert.equal((await choices.get(id))?.decidedBy, 'coder')
    await choices.decide(id, { state: 'rejected', by: 'chief' })
    assert.equal(await choices.confirmed(term), undefined)
    assert.equal(await choices.decide('00'.repeat(16), { state: 'confirmed', by: 'x' }), false)
    assert.equal(await choices.decide("'; --", { state: 'confirmed', by: 'x' }), false)
  })

  test('a term met again is counted and its decision stays; another code may be confirmed; lists come in pages', async () => {
    const { vault } = await newVault(home())
    const { choices } = vault
    await choices.suggest(['a', 'b', 'c'].map((text) => suggestion(text)))
    const page = await choices.list('suggested', { count: 2 })
    assert.deepEqual(
      page?.items.map(({ term }) => term.text),
      ['a', 'b'],
    )
    const rest = await choices.list('suggested', { count: 2, cursor: page?.next ?? '' })
    assert.deepEqual(
      rest?.items.map(({ term }) => term.text),
      ['c'],
    )
    assert.equal(await choices.list('confirmed', { count: 2, cursor: page?.next ?? '' }), undefined)
    const id = page?.items[0]?.id ?? ''
    const code = { ...e119, code: 'E11.8' }
    await choices.decide(id, { state: 'confirmed', by: 'coder', code })
    assert.equal(await choices.suggest([suggestion('A'), suggestion('x'.repeat(201)), suggestion(' ')]), 0)
    const kept = await choices.get(id)
    assert.deepEqual([kept?.state, kept?.seen, kept?.code.code], ['confirmed', 2, 'E11.8'])
  })

  test('texts do not lie open in the table, another organisation has none, and an altered state no longer opens', async () => {
    const { vault, driver, settings } = await newVault(home())
    const other = await newVault(home())
    await vault.choices.suggest([suggestion('王小明 DM2')])
    const [row] = await driver.query<{ sealed: Uint8Array }>(
      'SELECT sealed FROM code_choices WHERE organisation_id = $1',
      [settings.organisationId],
    )
    assert.equal(Buffer.from(row?.sealed ?? []).includes(Buffer.from('王小明')), false)
    assert.deepEqual((await other.vault.choices.list('suggested', all))?.items, [])
    await driver.query("UPDATE code_choices SET state = 'confirmed' WHERE organisation_id = $1", [
      settings.organisationId,
    ])
    await assert.rejects(vault.choices.list('confirmed', all), { name: 'VaultFailure' })
  })
}
