// What the members decide about one another, by buttons and forms in a real browser: coming in, suspension, certificates.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, skipWithoutChromium } from './fixtures/chromium.ts'
import { visit } from './fixtures/door.ts'
import { goTo, type Look, openConsole } from './fixtures/open-console.ts'
import {
  type MemberId,
  type RunningConsortium,
  skipWithoutCometBft,
  startConsortium,
} from './fixtures/running-consortium.ts'

const skip = skipWithoutCometBft === false ? skipWithoutChromium : skipWithoutCometBft

/** Three of four core members are more than two thirds. */
const majority = ['health-commission', 'first-hospital', 'second-hospital'] as const

describe('what members of a consortium decide about one another', { concurrency: false, skip }, () => {
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

  const look = (member: MemberId, how?: Look) => openConsole(browser, consortium.url(member), how)

  /** One member asks by the form, and three vote yes by the button of the card; the last of them sees it in effect. */
  async function decide(kind: string, about: string): Promise<void> {
    for (const member of majority) {
      const { page, strays } = await look(member)
      await goTo(page, '#/votes', '.page-extra button')
      if (member === majority[0]) await propose(page, kind, about)
      await voteYes(page, kind, about)
      if (member === majority.at(-1))
        await page
          .locator('.proposal', { hasText: kind })
          .filter({ hasText: about })
          .getByText('In effect')
          .first()
          .waitFor()
      assert.deepEqual(strays, [])
      await page.context().close()
    }
  }

  async function rowOf(member: MemberId, about: string, language: 'zh' | 'en' = 'en') {
    const { page } = await look(member, { language })
    await goTo(page, '#/members', '.member-name')
    return page.locator('tr', { hasText: about })
  }

  test('an applicant that was reviewed is admitted by the form and three votes', async () => {
    const card = join(consortium.dir, '..', 'applicant.card.json')
    await consortium.runAt(join(consortium.dir, '..', 'applicant'), [
      ...[
        'card',
        '--id',
        'village-clinic',
        '--name-zh',
        '示例村卫生室',
        '--name-en',
        'Sample Village Clinic',
      ],
      ...['--kind', 'primary-care', '--class', 'ordinary', '--place', '330106'],
      ...['--chain', join(consortium.dir, 'genesis.json'), '-o', card],
    ])
    await consortium.run('first-hospital', ['members', 'apply', card])
    const review = ['members', 'review', 'village-clinic', '--result', 'qualified', '--credentials', card]
    await consortium.run('health-commission', review)
    const row = await rowOf('second-hospital', 'village-clinic')
    await row.getByText('Qualified').waitFor()
    await decide('Admit', 'Sample Village Clinic')
    await (await rowOf('second-hospital', 'village-clinic')).getByText('Active').waitFor()
    await (await rowOf('first-hospital', 'village-clinic', 'zh')).getByText('有效').waitFor()
  })

  test('a member is suspended and reinstated by buttons and forms; another member shows each', async () => {
    await decide('Suspend a member', 'Sample Township Clinic')
    await (await rowOf('second-hospital', 'township-clinic')).getByText('Suspended').waitFor()
    await (await rowOf('first-hospital', 'township-clinic', 'zh')).getByText('暂停').waitFor()
    await decide('Reinstate a member', 'Sample Township Clinic')
    await (await rowOf('second-hospital', 'township-clinic')).getByText('Active').waitFor()
    await (await rowOf('first-hospital', 'township-clinic', 'zh')).getByText('有效').waitFor()
  })

  test('each member has its certificate as a file, which the command line verifies and makes alike', async () => {
    const { page, strays } = await look('first-hospital', { role: 'auditor' })
    await goTo(page, '#/members', '.member-name')
    const buttons = page.getByRole('button', { name: 'Save the membership certificate of' })
    assert.equal(await buttons.count(), await page.locator('.member-name').count())
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'certificate of Sample Township Clinic' }).click()
    const file = join(consortium.dir, '..', 'clinic.membership.json')
    const download = await coming
    assert.equal(download.suggestedFilename(), 'township-clinic.membership.json')
    await download.saveAs(file)
    const trust = join(consortium.dir, '..', 'trust.json')
    writeFileSync(
      trust,
      (await (await visit(consortium.url('first-hospital'), 'auditor')).get('/api/trust')).text,
    )
    const check = ['verify', file, '--trust', trust, '--json']
    const proved = JSON.parse(await consortium.run('second-hospital', check)) as Record<string, unknown>
    assert.deepEqual(
      [proved.verified, proved.organisation, proved.status],
      [true, 'township-clinic', 'active'],
    )
    const printed = await consortium.run('first-hospital', ['members', 'certificate', 'township-clinic'])
    assert.equal(readFileSync(file, 'utf8'), printed.trimEnd())
    assert.deepEqual(strays, [])
  })
})

async function propose(page: Page, kind: string, about: string): Promise<void> {
  await page.locator('.page-extra button').click()
  const dialog = page.getByRole('dialog')
  await pick(page, 'What is asked', kind)
  await pick(page, 'Organisation', about)
  await dialog.getByRole('button', { name: 'Propose' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', {
      hasText: option,
    })
    .click()
}

async function voteYes(page: Page, kind: string, about: string): Promise<void> {
  const card = page.locator('.proposal', { hasText: kind }).filter({ hasText: about })
  const button = card.getByRole('button', { name: 'Vote yes' })
  await button.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Vote yes' }).click()
  await button.waitFor({ state: 'detached' })
}
