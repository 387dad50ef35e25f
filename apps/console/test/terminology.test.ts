// The terminology page in a real browser over a real node: pinyin initials, hierarchy, free text that is suggested and never coded.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchChromium, skipWithoutChromium } from './fixtures/chromium.ts'
import { goTo, openConsole } from './fixtures/open-console.ts'
import { type RunningNode, startNode } from './fixtures/running-node.ts'

describe('the terminology page', { concurrency: false, skip: skipWithoutChromium }, () => {
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

  test('a concept is found by pinyin initials and shown with its hierarchy; a free text is suggested, never coded', async () => {
    const { page, strays } = await openConsole(browser, node.url, { role: 'auditor', language: 'zh' })
    await goTo(page, '#/terminology', '.terminology-release')
    await page.locator('.terminology-search input').first().fill('gxba')
    await page.keyboard.press('Enter')
    await page.locator('.terminology-link', { hasText: 'C22.0' }).click()
    await page.locator('.terminology-concept', { hasText: 'Liver cell carcinoma' }).waitFor()
    const box = page.locator('.terminology-suggest')
    assert.match((await box.textContent()) ?? '', /不会自动编码/)
    await box.locator('input').fill('糖尿病2型')
    await page.keyboard.press('Enter')
    const row = box.locator('tr', { hasText: 'E11.9' })
    await row.waitFor()
    assert.match((await row.textContent()) ?? '', /97 %/)
    const release = 'system=urn:meridian:cs:notifiable-diseases&version=2026-06-01'
    await goTo(page, `#/terminology?${release}&code=viral-hepatitis-b`, '.terminology-concept dl')
    await page.locator('.terminology-concept a', { hasText: 'viral-hepatitis' }).first().click()
    await page.locator('.terminology-concept a', { hasText: '甲型肝炎' }).waitFor()
    assert.deepEqual(strays, [])
  })
})
