// The console in a real browser over a real node: by keyboard, in both languages, wide and narrow.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { verifyReceipt } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { pagesOf } from '../src/route/route.ts'
import { launchChromium, skipWithoutChromium } from './fixtures/chromium.ts'
import { password, people, type RunningNode, startNode } from './fixtures/running-node.ts'

const screens = [
  ['zh', 1440],
  ['zh', 768],
  ['zh', 390],
  ['en', 1440],
  ['en', 390],
] as const

type Role = keyof typeof people

describe('the console', { concurrency: false, skip: skipWithoutChromium }, () => {
  let node: RunningNode
  let browser: Browser
  const open: BrowserContext[] = []

  before(async () => {
    node = await startNode()
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    await node?.stop()
  })

  interface Visit {
    readonly page: Page
    /** Requests to any other host, and complaints on the browser's console. */
    readonly strays: string[]
  }

  async function openConsole(width: number, language: 'zh' | 'en'): Promise<Visit> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true })
    open.push(context)
    await context.addInitScript((chosen) => localStorage.setItem('meridian.language', chosen), language)
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const strays: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(node.url) && !request.url().startsWith('blob:'))
        strays.push(request.url())
    })
    page.on('pageerror', (error) => strays.push(error.message))
    page.on('console', (message) => {
      // The first question, who is signed in, is answered 401 before signing in.
      if (['error', 'warning'].includes(message.type()) && !message.text().includes('401'))
        strays.push(message.text())
    })
    await page.goto(node.url)
    return { page, strays }
  }

  async function signIn(page: Page, role: Role): Promise<void> {
    await page.locator('input[autocomplete=username]').fill(people[role])
    await page.locator('input[autocomplete=current-password]').fill(password)
    await page.keyboard.press('Enter')
    await page.waitForSelector('svg.picture')
  }

  const goTo = async (page: Page, hash: string, ready: string) => {
    await page.evaluate((next) => {
      location.hash = next
    }, hash)
    await page.waitForSelector(ready)
  }

  test('one signs in and reaches a record by keyboard alone', async () => {
    const { page, strays } = await openConsole(1440, 'zh')
    await page.waitForSelector('input[autocomplete=username]:focus')
    await page.keyboard.type(people.clerk)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.waitForSelector('svg.picture')
    assert.equal(await textOf(page.locator('main h1')), '入库走廊')
    const pressUntil = async (selector: string) => {
      for (let n = 0; n < 60; n++) {
        await page.keyboard.press('Tab')
        if (await page.locator(`${selector}:focus`).count()) return
      }
      assert.fail(`${selector} is not reached by Tab`)
    }
    await pressUntil('a[href^="#/quarantine?room=validate"]')
    await page.locator('body').press('Home')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await pressUntil('nav a[href="#/records"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.record-link')
    await pressUntil('.record-link')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.way')
    assert.deepEqual(strays, [])
  })

  test('a wrong password is answered in words', async () => {
    const { page } = await openConsole(1440, 'zh')
    await page.locator('input[autocomplete=username]').fill(people.auditor)
    await page.locator('input[autocomplete=current-password]').fill('wrong')
    await page.keyboard.press('Enter')
    assert.match(await textOf(page.locator('[role=alert]').first()), /用户名或密码不正确/)
  })

  test('the picture shows the counts of the door, and an exit to quarantine at every room', async () => {
    const { page } = await openConsole(1440, 'en')
    await signIn(page, 'administrator')
    const corridor = await page.evaluate(async () => (await fetch('/api/corridor')).json())
    const shown = await page.locator('.room-count').allTextContents()
    assert.deepEqual(
      shown.map((text) => Number(text.replaceAll(',', ''))),
      corridor.rooms.map((room: { passed: number }) => room.passed),
    )
    assert.equal(await page.locator('.exit').count(), corridor.rooms.length)
    assert.match(await textOf(page.locator('.account-sum')), /accounted for/)
  })

  test('the language changes in place and is remembered', async () => {
    const { page } = await openConsole(1440, 'zh')
    await signIn(page, 'administrator')
    await page.locator('button[lang=en]').click()
    assert.equal(await textOf(page.locator('main h1')), 'Corridor')
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  })

  test('a record shows the findings it was taken in with, and today’s only when asked', async () => {
    const { page, strays } = await openConsole(1440, 'en')
    await signIn(page, 'clerk')
    await goTo(page, '#/records?type=Patient', '.record-link')
    await page.locator('.record-link').first().click()
    await page.getByRole('heading', { name: 'Judged when taken in' }).waitFor()
    assert.equal(await page.getByRole('heading', { name: 'Judged by the rules of today' }).count(), 0)
    await page.getByRole('button', { name: 'Judge again' }).click()
    await page.getByText('the same as when it was taken in').waitFor()
    await page.getByRole('button', { name: 'Hide' }).click()
    assert.equal(await page.getByRole('heading', { name: 'Judged by the rules of today' }).count(), 0)
    assert.deepEqual(strays, [])
  })

  test('the list is filtered by every state of the ladder, and a superseded version opens as itself', async () => {
    const { page, strays } = await openConsole(1440, 'en')
    await signIn(page, 'clerk')
    await goTo(page, '#/records?state=received', '.page')
    await page.getByText('Nothing waits').waitFor()
    await goTo(page, '#/records?state=superseded', '.record-link')
    assert.equal(await page.locator('table .tag, .row .tag').filter({ hasText: 'Final' }).count(), 0)
    await page.locator('.record-link').first().click()
    await page.waitForSelector('.way')
    assert.match(await textOf(page.locator('.versions a[aria-current=true]')), /Superseded/)
    assert.deepEqual(strays, [])
  })

  test('a receipt verifies inside the page, every rung of it, and says whose word it is', async () => {
    const { page, strays } = await openConsole(1440, 'en')
    await signIn(page, 'clerk')
    await goTo(page, '#/records?type=Observation&state=final', '.record-link')
    await page.locator('.record-link').first().click()
    await page.getByRole('button', { name: 'Verify here' }).click()
    await page.waitForSelector('.rungs')
    assert.equal(await page.locator('.rung').count(), 10)
    assert.equal(await page.locator('.rung-failed').count(), 0)
    assert.match(await textOf(page.locator('.verdict')), /operator's own word/)
    assert.deepEqual(strays, [])
  })

  test('the files that are taken away verify as they were saved', async () => {
    const { page } = await openConsole(1440, 'en')
    await signIn(page, 'clerk')
    await goTo(page, '#/records?type=Observation&state=final', '.record-link')
    await page.locator('.record-link').first().click()
    const take = async (name: string) => {
      await page.getByRole('button', { name: 'Take the files' }).click()
      const saving = page.waitForEvent('download')
      await page.getByRole('menuitem', { name }).click()
      return readFileSync(await (await saving).path())
    }
    const receipt = await take('Receipt (no content)')
    const trust = await take('Trust file')
    assert.equal(verifyReceipt(nodeSuite, { receipt, trust }).verified, true)
  })

  test('a clerk mends what has no unit, and the records it made are named', async () => {
    const { page } = await openConsole(1440, 'zh')
    await signIn(page, 'clerk')
    await goTo(page, '#/quarantine?room=standardise&code=hl7v2.unit-missing', '.reason-link')
    await page.locator('.reason-link').first().click()
    await page.waitForSelector('.marked mark')
    const field = page.locator('.marked-field')
    const text = await field.inputValue()
    assert.equal(await page.locator('.marked mark').first().textContent(), '|')
    await field.fill(text.replace(/(OBX\|.*?\|)(36\.\d)\|\|/, '$1$2|Cel|'))
    await page.getByRole('button', { name: '修改并重试' }).click()
    await page.waitForSelector('.taken-in a')
    await page.locator('.taken-in a').first().click()
    await page.waitForSelector('.way')
  })

  test('a researcher sees that identities are left out; an auditor sees counts only', async () => {
    const researcher = (await openConsole(1440, 'zh')).page
    await signIn(researcher, 'researcher')
    assert.equal(await researcher.locator('nav a').count(), pagesOf('researcher').length)
    await goTo(researcher, '#/records?type=Patient', '.record-link')
    await researcher.locator('.record-link').first().click()
    await researcher.waitForSelector('.elements')
    assert.match(await textOf(researcher.locator('main')), /已去除姓名/)
    assert.equal(await researcher.locator('.elements th:text("/name")').count(), 0)
    const auditor = (await openConsole(1440, 'zh')).page
    await signIn(auditor, 'auditor')
    await goTo(auditor, '#/quarantine', '.reason')
    assert.equal(await auditor.locator('.reason-link').count(), 0)
  })

  const table = '门诊号,姓名,性别,出生日期,身份证号,测量时间,体温,病区\n'
  const row = 'A1,王小明,男,1949-12-31,11010519491231002X,2026-01-01 08:00,36.5℃,3\n'

  /** A table with a heading more than the mapping knows. */
  async function tryMapping(page: Page): Promise<void> {
    await page.locator('.mapping-choice').click()
    await page.locator('.ant-select-item-option').filter({ hasText: '1.0.0' }).first().click()
    const buffer = Buffer.from(table + row)
    await page
      .locator('.mapping-file input')
      .setInputFiles({ name: 'ward.csv', mimeType: 'text/csv', buffer })
    await page.locator('.mapping-controls .ant-btn-primary').click()
    await page.waitForSelector('.mapping-row-head')
  }

  test('a mapping is tried on a file, mended where a heading has no owner, and kept as an own version', async () => {
    const { page, strays } = await openConsole(1440, 'zh')
    await signIn(page, 'administrator')
    await goTo(page, '#/mappings', '.mapping-controls')
    await tryMapping(page)
    const unclaimed = page.locator('tr', { hasText: '病区' })
    assert.match(await textOf(unclaimed), /无人认领/)
    const document = page.locator('textarea')
    const mended = (await document.inputValue())
      .replace('"备注"', '"备注", "病区"')
      .replace('"version": "1.0.0"', '"version": "1.1.0"')
    await document.fill(mended)
    await page.locator('.mapping-controls .ant-btn-primary').click()
    await page.locator('.tag-good', { hasText: '2 条记录' }).waitFor()
    await page.locator('.mapping-controls .ant-btn', { hasText: '保存' }).click()
    await page.locator('.ant-message', { hasText: '1.1.0' }).waitFor()
    await document.fill(mended.replace('"2": "female"', '"2": "male"'))
    await page.locator('.mapping-controls .ant-btn', { hasText: '保存' }).click()
    await page.locator('.ant-alert', { hasText: '版本已存在' }).waitFor()
    assert.deepEqual(
      strays.filter((stray) => !stray.includes('409')),
      [],
    )
  })

  test('standards are browsed by layer, one shows its vectors and what another version changes', async () => {
    const { page, strays } = await openConsole(1440, 'zh')
    await signIn(page, 'administrator')
    await goTo(page, '#/standards', '.standards-head')
    await page.locator('tr', { hasText: 'meridian.value-set.sex' }).locator('.tag-good').waitFor()
    await page.locator('.ant-segmented-item', { hasText: '基础标准' }).click()
    await page.locator('a', { hasText: '生理性别代码' }).click()
    await page.locator('.standards-result .tag-good').waitFor()
    await page.locator('.standards-other input').fill('marital-status')
    await page.locator('.ant-select-item-option').filter({ hasText: 'marital-status' }).click()
    await page.locator('.standards-changes tr', { hasText: 'codes.json#10' }).waitFor()
    assert.deepEqual(strays, [])
  })

  /** The sugar disease of somebody whose other findings are not known. */
  async function translateCode(page: Page): Promise<void> {
    await page.locator('.maps-form .ant-select').first().click()
    await page
      .locator('.ant-select-item-option')
      .filter({ hasText: /SNOMED/ })
      .first()
      .click()
    await page.locator('.maps-form input.mono').first().fill('73211009')
    await page.locator('.maps-form button[type=submit]').click()
    await page.waitForSelector('.maps-otherwise')
  }

  test('a code is translated by the rule that applies, and what the map would have said otherwise is told with why not', async () => {
    const { page, strays } = await openConsole(1440, 'en')
    await signIn(page, 'auditor')
    await goTo(page, '#/maps', '.maps-samples button')
    await translateCode(page)
    assert.match(
      await textOf(page.locator('.maps-found')),
      /E14\.9.*Target is wider.*When no row before it applies/,
    )
    const others = page.locator('.maps-otherwise .maps-target')
    assert.match(await textOf(others.first()), /O24\.9.*Not enough is known/)
    await page.getByRole('spinbutton', { name: 'Age' }).fill('0')
    await page.locator('.maps-form button[type=submit]').click()
    await page.locator('.maps-found .maps-code', { hasText: 'P70.2' }).waitFor()
    assert.match(await textOf(others.last()), /E14\.9.*An earlier row applies/)
    assert.deepEqual(strays, [])
  })

  /** Cirrhosis with respiratory failure. */
  async function groupTyped(page: Page): Promise<void> {
    const [main, others] = [
      page.locator('.grouper-form input').nth(0),
      page.locator('.grouper-form input').nth(1),
    ]
    await main.fill('K74.600')
    await others.fill('J96.000、E11.900')
    await page.locator('.grouper-form button[type=submit]').click()
    await page.waitForSelector('.grouping-rungs')
  }

  test('an episode climbs to its group rung by rung, and one that falls in none is warned of', async () => {
    const { page, strays } = await openConsole(1440, 'zh')
    await signIn(page, 'clerk')
    await goTo(page, '#/grouper', '.grouper-form')
    await groupTyped(page)
    assert.equal(await textOf(page.locator('.grouper-group')), 'HS212026 年权重 1.5')
    const rungs = await page.locator('.grouping-rung-head').allTextContents()
    assert.deepEqual(rungs, [
      '先期分组',
      '主要诊断大类 MDCMDCH',
      '核心组 ADRGHS2',
      '合并症 CC / MCCMCC',
      '细分组 DRGHS21',
    ])
    assert.match(await textOf(page.locator('.grouper-alternatives')), /没有诊断 J96\.000→ HS25/)
    assert.match(
      await textOf(page.locator('.grouper-codes tr', { hasText: 'K74.600' })),
      /主要诊断.*HS2 → HS21/,
    )
    await page.locator('.grouper-form input').first().fill('R69.x00')
    await page.locator('.grouper-form button[type=submit]').click()
    await page.locator('.grouper-warnings', { hasText: 'ungroupable-code' }).waitFor()
    assert.equal(await textOf(page.locator('.grouper-group')), '不入组')
    const encounters = await page.evaluate(async () => (await fetch('/api/records?type=Encounter')).json())
    await page.locator('.ant-segmented-item', { hasText: '本院就诊' }).click()
    await page.locator('.grouper-form input').fill(`Encounter/${encounters.items[0].id}`)
    await page.locator('.grouper-form button[type=submit]').click()
    await page.locator('.grouper-codes').waitFor()
    assert.deepEqual(strays, [])
  })

  for (const [language, width] of screens)
    test(`no page is wider than ${width} pixels in ${language}, or asks another host for anything`, async () => {
      const { page, strays } = await openConsole(width, language)
      const wide: string[] = []
      const check = async (name: string) => {
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        if (over > 0) wide.push(`${name} by ${over}`)
      }
      await check('sign-in')
      await signIn(page, 'administrator')
      await check('corridor')
      await goTo(page, '#/records', '.record-link')
      await check('records')
      await page.locator('.record-link').first().click()
      await page.waitForSelector('.elements')
      await check('record')
      await goTo(page, '#/quarantine', '.reason-link')
      await check('quarantine')
      await page.locator('.reason-link').first().click()
      await page.waitForSelector('.marked')
      await check('mending')
      await goTo(page, '#/mappings', '.mapping-controls')
      await tryMapping(page)
      await check('mappings')
      await goTo(page, '#/maps', '.maps-samples button')
      await translateCode(page)
      await check('maps')
      await goTo(page, '#/grouper', '.grouper-form')
      await groupTyped(page)
      await check('grouper')
      await goTo(page, '#/terminology?text=liver&code=C22.0', '.terminology-concept dl')
      await check('terminology')
      await goTo(page, '#/standards', '.standards-head')
      await page.waitForSelector('.mono')
      await check('standards')
      await page.locator('.adaptive a').first().click()
      await page.waitForSelector('.standards-result')
      await check('standard')
      await goTo(page, '#/ledger', '.standing')
      await check('ledger')
      await goTo(page, '#/ledger/2', '.statement')
      await check('block')
      await goTo(page, '#/users', '.role-list')
      await check('users')
      assert.deepEqual({ wide, strays }, { wide: [], strays: [] })
    })
})

const textOf = async (locator: Locator) => (await locator.textContent()) ?? ''
