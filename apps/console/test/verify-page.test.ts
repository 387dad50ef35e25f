// The offline verify page, opened from disk without a network, over the corpus of receipts that must verify for ever.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { ensureConsoleBuilt } from '../build.ts'
import { launchChromium, skipWithoutChromium } from './fixtures/chromium.ts'

const corpus = join(import.meta.dirname, '../../../packages/protocol/vectors/receipts')
const fileOf = (folder: string, name: string) => ({
  name,
  mimeType: 'application/json',
  buffer: readFileSync(join(corpus, folder, name)),
})
type GivenFile = ReturnType<typeof fileOf>

/** The file with one bit of one byte of its middle changed. */
function tampered(file: GivenFile): GivenFile {
  const buffer = Buffer.from(file.buffer)
  const at = Math.floor(buffer.length / 2)
  buffer[at] = (buffer[at] ?? 0) ^ 1
  return { ...file, buffer }
}

describe('the verify page', { concurrency: false, skip: skipWithoutChromium }, () => {
  let browser: Browser
  let address: string

  before(async () => {
    address = pathToFileURL(join(await ensureConsoleBuilt(() => undefined), 'verify.html')).href
    browser = await launchChromium()
  })
  after(() => browser?.close())

  async function openPage(): Promise<{ page: Page; strays: string[] }> {
    const context = await browser.newContext({ offline: true, acceptDownloads: true })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const strays: string[] = []
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('blob:')) strays.push(request.url())
    })
    page.on('pageerror', (error) => strays.push(error.message))
    page.on('console', (message) => strays.push(message.text()))
    await page.goto(address)
    return { page, strays }
  }

  const verdictOf = async (page: Page, files: readonly GivenFile[]) => {
    await page.setInputFiles('#files', [...files])
    return textOf(page.locator('#verdict'))
  }

  test('one file holds everything', () => {
    const html = readFileSync(new URL(address), 'utf8')
    assert.doesNotMatch(html, /<(?:script|link|img|iframe)[^>]+(?:src|href)=/)
    assert.match(html, /content="default-src 'none'; script-src 'sha256-/)
  })

  for (const folder of readdirSync(corpus))
    test(`${folder} verifies, with how many organisations witness it`, async () => {
      const { page, strays } = await openPage()
      const files = ['receipt.json', 'trust.json', 'record.json'].map((name) => fileOf(folder, name))
      const organisations = folder.includes('one') ? 1 : 3
      assert.match(await verdictOf(page, files), new RegExp(`已验证.*见证机构 ${organisations} 家`, 's'))
      await page.locator('button[lang=en]').click()
      assert.match(
        await textOf(page.locator('#verdict')),
        organisations === 1 ? /operator's own word/ : /Witnessed by 3 organisations/,
      )
      assert.equal(await page.locator('.rung').count(), 10)
      const told = readFileSync(join(corpus, folder, 'fingerprint.txt'), 'utf8')
        .trim()
        .split(/\s+/)
      const words = await page.locator('.words li').allTextContents()
      assert.deepEqual(words, told.slice(-12))
      assert.deepEqual(strays, [])
    })

  test('a changed byte in any of the three files stops the ladder, and the page says where', async () => {
    const files = ['receipt.json', 'trust.json', 'record.json'].map((name) =>
      fileOf('v1-four-organisations', name),
    )
    for (const changed of files) {
      const { page } = await openPage()
      // A changed byte may break the JSON: then the page does not take the file for one of ours, which is as good.
      await page.setInputFiles(
        '#files',
        files.map((file) => (file === changed ? tampered(file) : file)),
      )
      const outcome = await textOf(page.locator('#verdict.bad, .warn').first())
      assert.match(outcome, /未通过验证|不是子午/, changed.name)
      assert.equal(
        await page.locator('#verdict.good').count(),
        changed.name === 'record.json' && outcome.includes('不是') ? 1 : 0,
      )
    }
  })

  test('without the record the receipt is checked from the commitment upwards', async () => {
    const { page } = await openPage()
    const files = ['receipt.json', 'trust.json'].map((name) => fileOf('v1-one-organisation', name))
    assert.match(await verdictOf(page, files), /已验证/)
    assert.equal(await page.locator('[data-rung=record]').count(), 0)
  })

  test('one element is shown by itself, and the saved file proves it without the record', async () => {
    const { page } = await openPage()
    const names = ['receipt.json', 'trust.json', 'record.json']
    await verdictOf(
      page,
      names.map((name) => fileOf('v1-one-organisation', name)),
    )
    await page.locator('#shown summary').click()
    await page.locator('.chooser label', { hasText: '/resource/valueQuantity/value' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#shown button.primary').click(),
    ])
    const elements = readFileSync(await download.path())
    assert.doesNotMatch(elements.toString(), /secret|provenance/)
    const { page: other } = await openPage()
    const verdict = await verdictOf(other, [
      fileOf('v1-one-organisation', 'receipt.json'),
      fileOf('v1-one-organisation', 'trust.json'),
      { name: 'elements.json', mimeType: 'application/json', buffer: elements },
    ])
    assert.match(verdict, /已验证/)
    assert.match(await textOf(other.locator('#shown table')), /\/resource\/valueQuantity\/value/)
  })

  test('a file that is none of ours is named and changes nothing', async () => {
    const { page } = await openPage()
    await page.setInputFiles('#files', {
      name: 'holiday.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{}'),
    })
    assert.match(await textOf(page.locator('.warn')), /holiday\.json/)
    assert.equal(await page.locator('#verdict').count(), 0)
  })
})

const textOf = async (locator: Locator) => (await locator.textContent()) ?? ''
