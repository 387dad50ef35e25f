// The pages of a consortium in a real browser over real members: who they are, what they decide, who signs, and the alarm.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { launchChromium, skipWithoutChromium } from './fixtures/chromium.ts'
import { type Visitor, visit } from './fixtures/door.ts'
import { goTo, type Look, openConsole } from './fixtures/open-console.ts'
import {
  type MemberId,
  memberIds,
  type RunningConsortium,
  skipWithoutCometBft,
  startConsortium,
} from './fixtures/running-consortium.ts'

const screens = [
  ['zh', 1440],
  ['zh', 390],
  ['en', 1440],
  ['en', 390],
] as const

const skip = skipWithoutCometBft === false ? skipWithoutChromium : skipWithoutCometBft

describe('the console of a consortium', { concurrency: false, skip }, () => {
  let consortium: RunningConsortium
  let browser: Browser

  before(async () => {
    consortium = await startConsortium()
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    await consortium?.stop()
  })

  const look = ({ member, ...how }: Look & { member?: MemberId } = {}) =>
    openConsole(browser, consortium.url(member ?? 'health-commission'), how)

  const at = (member: MemberId, role: 'administrator' | 'auditor' = 'administrator'): Promise<Visitor> =>
    visit(consortium.url(member), role)

  const suspendClinic = {
    kind: 'membership.suspend',
    organisation: 'township-clinic',
    days: 7,
    activationHeight: 0,
  }

  const proposeAt = async (member: MemberId, question: object): Promise<string> => {
    const answer = await (await at(member)).send('POST', '/api/proposals', question)
    assert.equal(answer.status, 201, answer.text)
    return answer.body.proposalId
  }

  test('members stand in the tree of places, each with class, status and whether it validates', async () => {
    const { page, strays } = await look({ language: 'zh' })
    await goTo(page, '#/members', '.member-name')
    const rows = await page.locator('table tbody tr.ant-table-row').allTextContents()
    assert.deepEqual(
      rows.map((row) => memberIds.find((id) => row.includes(id))),
      ['health-commission', 'provincial-cdc', 'first-hospital', 'second-hospital', 'township-clinic'],
    )
    for (const [i, row] of rows.entries())
      assert.match(row, i < 4 ? /核心成员有效参与验证/ : /区县 330106.*普通成员有效–/)
    assert.deepEqual(strays, [])
  })

  test('a proposal is made and voted on by keyboard, and who voted what is shown to every member', async () => {
    const { page, strays } = await look()
    await goTo(page, '#/votes', '.page-extra button')
    await page.locator('.page-extra button').focus()
    await page.keyboard.press('Enter')
    await formOf(page)
    await choose(page, 'Suspend a member')
    await page.keyboard.press('Tab')
    await choose(page, 'Sample Township Clinic')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const card = page.locator('.proposal', { hasText: 'Suspend a member' })
    await card.waitFor()
    await card.getByRole('button', { name: 'Vote yes' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('cannot be changed').waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Vote yes')
    await page.keyboard.press('Enter')
    await card.getByText('Your organisation has voted').waitFor()
    const id = (await (await at('first-hospital')).get('/api/proposals')).body.items[0].proposalId
    const no = await (await at('first-hospital')).send('POST', `/api/proposals/${id}/vote`, { choice: 'no' })
    assert.equal(no.status, 200, no.text)
    await card.locator('.voter-no', { hasText: 'Sample First Hospital' }).waitFor()
    assert.match(await textOf(card.locator('.voter-yes')), /Sample Province Health Commission/)
    assert.match(await textOf(card.locator('.tally-words')), /1 yes.*1 no.*3 of 4 needed/)
    assert.deepEqual(strays, [])
  })

  test('a proposal takes effect when more than two thirds have said yes; the page of members shows it', async () => {
    const id = await proposeAt('second-hospital', {
      kind: 'membership.change-class',
      organisation: 'township-clinic',
      memberClass: 'observer',
      days: 2,
      activationHeight: 0,
    })
    for (const member of ['health-commission', 'first-hospital', 'second-hospital'] as const)
      await (await at(member)).send('POST', `/api/proposals/${id}/vote`, { choice: 'yes' })
    const { page } = await look({ language: 'en' })
    await goTo(page, '#/votes', '.proposal')
    await page.locator('.proposal', { hasText: 'In effect' }).getByText('Who voted what').click()
    assert.equal(await page.locator('.proposal', { hasText: 'In effect' }).locator('.voter-yes').count(), 3)
    await goTo(page, '#/members', '.member-name')
    await page.locator('tr', { hasText: 'township-clinic' }).getByText('Observer').waitFor()
  })

  test('a form offers what the chain has: parameters with their bounds, versions of the rules', async () => {
    const { page } = await look()
    await goTo(page, '#/votes', '.page-extra button')
    await page.locator('.page-extra button').click()
    await formOf(page)
    await choose(page, 'Change a parameter')
    await page.getByLabel('Parameter', { exact: true }).focus()
    await choose(page, 'Largest block in bytes')
    await page.getByText('from 131,072 to 4,194,304').waitFor()
    await page.getByLabel('New value').fill('524288')
    await page.getByRole('dialog').getByRole('button', { name: 'Propose' }).click()
    await page.getByRole('dialog').locator('.ant-alert').waitFor()
    assert.match(
      await textOf(page.getByRole('dialog').locator('.ant-alert')),
      /governance\.parameter-unchanged/,
    )
  })

  test('only an administrator of a core member has buttons, and the door and the ledger refuse the others', async () => {
    const id = await proposeAt('first-hospital', {
      ...{ kind: 'parameters.change', name: 'maxExpirySeconds', value: 7_200 },
      ...{ days: 3, activationHeight: 0 },
    })
    const auditor = (await look({ role: 'auditor' })).page
    await goTo(auditor, '#/votes', '.proposal')
    assert.equal(await auditor.locator('.ballot button, .page-extra button').count(), 0)
    const byAuditor = await at('health-commission', 'auditor')
    for (const path of [
      '/api/members',
      '/api/proposals',
      '/api/parameters',
      '/api/validators',
      '/api/alarms',
    ])
      assert.equal((await byAuditor.get(path)).status, 200, path)
    const vote = await byAuditor.send('POST', `/api/proposals/${id}/vote`, { choice: 'yes' })
    assert.deepEqual([vote.status, vote.body.code], [403, 'access.role'])
    assert.equal((await byAuditor.send('POST', '/api/proposals', suspendClinic)).body.code, 'access.role')
    const clinic = (await look({ member: 'township-clinic' })).page
    await goTo(clinic, '#/votes', '.proposal')
    assert.equal(await clinic.locator('.ballot button, .page-extra button').count(), 0)
    const refused = await (await at('township-clinic')).send('POST', `/api/proposals/${id}/vote`, {
      choice: 'yes',
    })
    assert.deepEqual([refused.status, refused.body.code], [409, 'ledger.refused'])
    assert.match(refused.body.parameter, /^(governance|statement|membership)\./)
  })

  test('a question with a member too many, or a choice nobody has, does not reach the ledger', async () => {
    const visitor = await at('first-hospital')
    const wrong = [
      await visitor.send('POST', '/api/proposals', { ...suspendClinic, value: 1 }),
      await visitor.send('POST', '/api/proposals', { ...suspendClinic, kind: 'membership.crown' }),
      await visitor.send('POST', '/api/proposals', { ...suspendClinic, days: 0 }),
      await visitor.send('POST', `/api/proposals/${'0'.repeat(32)}/vote`, { choice: 'maybe' }),
    ]
    for (const { status, body } of wrong) assert.deepEqual([status, body.code], [400, 'request.invalid'])
  })

  test('blocks name who proposed and who signed them', async () => {
    const { page, strays } = await look({ role: 'auditor' })
    await goTo(page, '#/ledger', 'table a[href^="#/ledger/"]')
    const row = page.locator('tr', { has: page.locator('a[href="#/ledger/3"]') })
    assert.match(await textOf(row), /Sample .*[34] \/ 4/)
    await goTo(page, '#/ledger/3', '.signers li')
    await page.locator('.signers', { hasText: 'Sample First Hospital' }).waitFor()
    assert.equal(await page.locator('.signers li').count(), 4)
    assert.ok((await page.locator('.signers .tag-good').count()) >= 3)
    assert.equal(await page.locator('.signers .tag-ledger').count(), 1)
    assert.deepEqual(strays, [])
  })

  for (const [language, width] of screens)
    test(`no page of the consortium is wider than ${width} pixels in ${language}`, async () => {
      const { page, strays } = await look({ language, width })
      const wide: string[] = []
      for (const [hash, ready] of [
        ['#/members', '.member-name'],
        ['#/votes', '.proposal'],
        ['#/validators', '.strip'],
        ['#/ledger', '.standing'],
        ['#/ledger/3', '.signers li'],
      ] as const) {
        await goTo(page, hash, ready)
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        if (over > 0) wide.push(`${hash} by ${over}`)
      }
      assert.deepEqual({ wide, strays }, { wide: [], strays: [] })
    })

  test('who is down is shown, and when the height stands still every page says so until it goes on', async () => {
    await consortium.kill('provincial-cdc')
    const { page } = await look()
    await goTo(page, '#/validators', '.strip')
    assert.equal(await page.locator('.strip').count(), 4)
    const cdc = page.locator('.validator', { hasText: 'Sample Provincial CDC' })
    await cdc.getByText('No direct connection').waitFor()
    for (let i = 1; i <= 6; i++)
      await proposeAt('first-hospital', { ...suspendClinic, kind: 'membership.expel', days: i })
    await cdc.getByText('Down', { exact: true }).waitFor()
    assert.equal((await fetch(`${consortium.url('health-commission')}/readyz`)).status, 200)
    await consortium.kill('second-hospital')
    const waits = proposeAt('first-hospital', { ...suspendClinic, kind: 'membership.expel', days: 8 })
    await page.locator('.alarms').getByText('has stood still').waitFor()
    const ready = await fetch(`${consortium.url('health-commission')}/readyz`)
    assert.equal(ready.status, 503)
    await goTo(page, '#/members', '.member-name')
    await page.locator('.alarms').waitFor()
    await consortium.up()
    await waits
    await page.locator('.alarms').waitFor({ state: 'detached' })
    assert.equal((await fetch(`${consortium.url('health-commission')}/readyz`)).status, 200)
  })
})

const textOf = async (locator: Locator) => (await locator.textContent()) ?? ''

/** Waits until the dialog of a new proposal has the focus, and gives it to its first field. */
async function formOf(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[role=dialog]')?.contains(document.activeElement))
  await page.getByLabel('What is asked').focus()
}

/** Takes an option of the list that has the focus, by nothing but arrows and Enter. */
async function choose(page: Page, label: string): Promise<void> {
  const openBox = page.locator('input[role=combobox][aria-expanded=true]')
  await page.keyboard.press('ArrowDown')
  await openBox.waitFor()
  const active = page.locator(
    '.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active',
  )
  for (let n = 0; n < 20; n++) {
    if ((await textOf(active)).includes(label)) {
      await page.keyboard.press('Enter')
      await openBox.waitFor({ state: 'detached' })
      return
    }
    await page.keyboard.press('ArrowDown')
  }
  assert.fail(`no option ${label}`)
}
