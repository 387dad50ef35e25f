/** A watched folder: an answer for every file, nothing lost, whatever stops half-way. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FileSummary, FolderAnswer } from './folder-answer.ts'
import { type FolderParts, prepareFolder, scanFolder } from './scan-folder.ts'
import { watchFolder } from './watch-folder.ts'

const summary: FileSummary = { received: 1, takenIn: 1, refused: 0, duplicates: 0, refusals: [] }

async function folderFor(t: { after(fn: () => Promise<void>): void }, more: Partial<FolderParts> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-folder-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await prepareFolder(folder)
  const time = { ms: Date.parse('2026-03-01T00:00:00Z') }
  const submitted: string[] = []
  const parts: FolderParts = {
    folder,
    settleMs: 1000,
    clock: { now: () => new Date(time.ms) },
    submitFile: async (path) => {
      submitted.push(await readFile(path, 'utf8'))
      return summary
    },
    ...more,
  }
  const before = new Map()
  const pass = async (laterMs = 1000) => {
    const answered = await scanFolder(parts, before)
    time.ms += laterMs
    return answered
  }
  const write = (name: string, text: string) => writeFile(join(folder, name), text)
  const list = async (inner = '.') =>
    (await readdir(join(folder, inner))).filter((name) => name.includes('.')).sort()
  return { folder, parts, before, submitted, pass, write, list }
}

test('a dropped file gets an answer beside it and moves to done', async (t) => {
  const { folder, pass, write, list, submitted } = await folderFor(t)
  await write('a.csv', 'x')
  assert.equal(await pass(), 0, 'it may still be being written')
  assert.equal(await pass(), 1)
  assert.deepEqual(submitted, ['x'])
  assert.deepEqual(await list(), ['a.csv.answer.json'])
  assert.deepEqual(await list('done'), ['20260301T000001Z-a.csv', '20260301T000001Z-a.csv.answer.json'])
  const answer = JSON.parse(await readFile(join(folder, 'a.csv.answer.json'), 'utf8')) as FolderAnswer
  assert.equal(answer.summary.zh, '共 1 条：入库 1 条，拒收 0 条，重复 0 条。')
  assert.equal(await pass(), 0, 'an answer is no file to take')
})

test('a file with a refusal in it moves to refused', async (t) => {
  const { pass, write, list } = await folderFor(t, { submitFile: async () => ({ ...summary, refused: 1 }) })
  await write('a.csv', 'x')
  await pass()
  await pass()
  assert.equal((await list('refused')).length, 2)
  assert.equal((await list('done')).length, 0)
})

test('a file that still grows is left alone until it is still', async (t) => {
  const { pass, write, submitted } = await folderFor(t)
  await write('a.csv', 'x')
  await pass()
  await write('a.csv', 'xy')
  await pass()
  assert.deepEqual(submitted, [])
  await pass()
  assert.deepEqual(submitted, ['xy'])
})

test('a name that says it is unfinished, a hidden file and a link are not taken', async (t) => {
  const { folder, pass, write, submitted } = await folderFor(t)
  for (const name of ['a.csv.part', '.b.csv', '~c.csv', 'd.tmp', 'e.csv.answer.json']) await write(name, 'x')
  await symlink('/etc/hostname', join(folder, 'link.csv'))
  await pass()
  await pass()
  assert.deepEqual(submitted, [])
  await rename(join(folder, 'a.csv.part'), join(folder, 'a.csv'))
  await pass()
  await pass()
  assert.deepEqual(submitted, ['x'])
})

test('what a crash left in working is taken first, and a second drop of the name waits for it', async (t) => {
  const { folder, pass, write, submitted, list } = await folderFor(t)
  await writeFile(join(folder, 'working', 'a.csv'), 'before the crash')
  await write('a.csv', 'after')
  await pass()
  assert.deepEqual(submitted, ['before the crash'])
  await pass()
  assert.deepEqual(submitted, ['before the crash', 'after'])
  assert.equal((await list('done')).length, 4)
})

test('while the outside fails the file waits in working, and nothing is lost', async (t) => {
  const events: string[] = []
  let away = true
  const { pass, write, list } = await folderFor(t, {
    submitFile: async () => {
      if (away) throw Object.assign(new Error('away'), { code: 'unreachable' })
      return summary
    },
    onEvent: (event) => events.push(event.kind === 'outside-failed' ? event.code : event.kind),
  })
  await write('a.csv', 'x')
  await pass()
  await pass()
  assert.deepEqual(await list('working'), ['a.csv'])
  assert.deepEqual(await list(), [])
  away = false
  await pass()
  assert.deepEqual(events, ['unreachable', 'file-answered'])
  assert.equal((await list('done')).length, 2)
})

test('a file that changes while it is submitted is submitted again', async (t) => {
  const contents: string[] = []
  const { pass, write, list } = await folderFor(t, {
    submitFile: async (path) => {
      contents.push(await readFile(path, 'utf8'))
      if (contents.length === 1) {
        await writeFile(path, 'x and more')
        await utimes(path, 1, 1)
      }
      return summary
    },
  })
  await write('a.csv', 'x')
  await pass()
  await pass()
  assert.deepEqual(await list('done'), [])
  await pass()
  assert.deepEqual(contents, ['x', 'x and more'])
  assert.equal((await list('done')).length, 2)
})

test('two drops of one name in one second keep both files', async (t) => {
  const { pass, write, list } = await folderFor(t, { settleMs: 0 })
  for (const text of ['one', 'two']) {
    await write('a.csv', text)
    await pass(0)
  }
  assert.deepEqual(
    (await list('done')).filter((name) => !name.endsWith('.json')),
    ['20260301T000000Z-2-a.csv', '20260301T000000Z-a.csv'],
  )
})

test('a watched folder answers without being asked, and closes', async (t) => {
  let tell = () => {}
  const answered = new Promise<void>((resolve) => {
    tell = resolve
  })
  const { folder, parts, write } = await folderFor(t, { settleMs: 0 })
  const watched = await watchFolder({
    ...parts,
    scanEveryMs: 5,
    pause: (timeoutMs, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        const wake = () => {
          clearTimeout(timer)
          resolve()
        }
        signal.addEventListener('abort', wake, { once: true })
      }),
    onEvent: () => tell(),
  })
  await write('a.csv', 'x')
  await answered
  await watched.close()
  assert.ok((await readdir(folder)).includes('a.csv.answer.json'))
})
