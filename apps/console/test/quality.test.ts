// The quality page in a real browser over a real node: run, scores, drill-down to a record, CSV, in both languages, wide and narrow.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, skipWithoutChromium } from './fixtures/chromium.ts'
import { password, people, type RunningNode, startNode } from './fixtures/running-node.ts'

describe('the quality page', { concurrency: false, skip: skipWithoutChromium }, () => {
  let node: RunningNode
  let browser: Browser

  before(async () => {
    node = await startNode()
    browser = await launchChromium()
  })
  after(async () => {
    await browser?.close()
    await node?.stop()
  })

  async function signedIn(width: number, language: 'zh' | 'en', role: keyof typeof people): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true })
    await context.addInitScript((chosen) => localStorage.setItem('meridian.language', chosen), language)
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    await page.goto(node.url)
    await page.locator('input[autocomplete=username]').fill(people[role])
    await page.locator('input[autocomplete=current-password]').fill(password)
    await page.keyboard.press('Enter')
    await page.waitForSelector('svg.picture')
    await page.evaluate(() => {
      location.hash = '#/quality'
    })
    await page.waitForSelector('.quality')
    return page
  }

  test('the checks are run, a check leads to its records, and the records open', async () => {
    const page = await signedIn(1440, 'zh', 'administrator')
    await page.waitForSelector('.quality-empty')
    await page.getByRole('button', { name: '运行检查' }).click()
    await page.waitForSelector('.score')
    assert.equal(await page.locator('.score').count(), 4)
    await page.getByRole('link', { name: '过敏史已填写' }).click()
    await page.waitForSelector('.record-link')
    assert.match((await page.locator('.pairs').textContent()) ?? '', /否认过敏史/)
    await page.locator('.record-link').first().click()
    await page.waitForSelector('.way')
  })

  test('the numbers of the page are those of the door, and the file downloads', async () => {
    const page = await signedIn(1440, 'en', 'clerk')
    await page.waitForSelector('.score')
    const { items } = await page.evaluate(async () => (await fetch('/api/quality/runs')).json())
    assert.equal(items.length, 1)
    const csv = await page.evaluate(
      async (run) => (await fetch(`/api/quality/runs/${run}/csv`)).text(),
      items[0].run,
    )
    assert.match(csv, /person.allergy-history/)
    assert.equal(await page.locator('.check-link').count(), 62)
  })

  test('an auditor sees counts and no record', async () => {
    const page = await signedIn(1440, 'en', 'auditor')
    await page.waitForSelector('.score')
    assert.equal(await page.getByRole('button', { name: 'Run the checks' }).count(), 0)
    await page.locator('.check-link').first().click()
    await page.waitForSelector('.pairs')
    assert.equal(await page.locator('.record-link').count(), 0)
    const status = await page.evaluate(
      async () => (await fetch('/api/quality/runs/1/failures?check=person.allergy-history')).status,
    )
    assert.equal(status, 403)
  })

  for (const [language, width] of [
    ['zh', 1440],
    ['zh', 390],
    ['en', 1440],
    ['en', 390],
  ] as const)
    test(`nothing overflows in ${language} at ${width}`, async () => {
      const page = await signedIn(width, language, 'administrator')
      await page.waitForSelector('.score')
      const folder = process.env.SCREENSHOTS
      const look = async (name: string) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(over <= 0, `${name} overflows by ${over}`)
        if (folder !== undefined)
          await page.screenshot({ path: `${folder}/${name}-${language}-${width}.png`, fullPage: true })
      }
      await look('quality')
      await page.locator('.check-link').first().click()
      await page.waitForSelector('.pairs')
      await look('check')
    })
})
