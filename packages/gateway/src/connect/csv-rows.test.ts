/** Rows of CSV files as hospitals export them: encodings, line ends, headings, limits. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chunksOf, collect, fingerprint } from '../../fixtures/received.ts'
import { type Arrival, isRefusedArrival } from './arrival.ts'
import { byteRows } from './csv-bytes.ts'
import { readCells } from './csv-cells.ts'
import type { CsvLayout } from './csv-layout.ts'
import { readCsvRows } from './csv-rows.ts'
import { defaultReadingLimits, type ReadingLimits } from './reading.ts'

const layout: CsvLayout = {
  encoding: 'auto',
  delimiter: 'auto',
  decimalMark: '.',
  absent: ['', 'NA'],
  columns: { name: { headings: ['姓名', 'Name'] }, value: { headings: ['体温', 'Temp'] } },
  ignored: ['备注'],
  rowKey: [],
  skipLines: 0,
}

const utf8 = (text: string) => new TextEncoder().encode(text)

function read(
  bytes: Uint8Array,
  more: Partial<CsvLayout> = {},
  limits: Partial<ReadingLimits> = {},
  chunk = 7,
) {
  const reading = { mappingId: 'm', mappingVersion: '1.0.0', layout: { ...layout, ...more } }
  const tools = { fingerprint, limits: { ...defaultReadingLimits, ...limits } }
  return collect(readCsvRows(chunksOf(bytes, chunk), 'a.csv', reading, tools))
}

const texts = (items: Arrival[]) => items.map((item) => new TextDecoder().decode(item.bytes))
const codes = (items: Arrival[]) => items.map((item) => (isRefusedArrival(item) ? item.refusal.code : 'ok'))

test('CR, LF and CRLF all end a row, and a byte order mark is no part of a heading', async () => {
  for (const end of ['\r', '\n', '\r\n']) {
    for (const last of ['', end]) {
      const items = await read(utf8(`\u{feff}姓名,体温${end}a,1${end}b,2${last}`))
      assert.deepEqual(texts(items), ['a,1', 'b,2'], JSON.stringify(end))
      assert.deepEqual(
        items.map((item) => [item.position.index, item.position.line]),
        [
          [1, 2],
          [2, 3],
        ],
      )
    }
  }
})

test('a quoted cell may hold delimiters, quotes and line ends, and the row keeps its bytes', async () => {
  const row = '"a ""b"", c\r\nd",36.5'
  const items = await read(utf8(`Name,Temp\n${row}\nx,1\n`))
  assert.deepEqual(texts(items), [row, 'x,1'])
  assert.deepEqual(readCells(row, ','), ['a "b", c\r\nd', '36.5'])
  assert.deepEqual(
    items.map((item) => item.position.line),
    [2, 4],
  )
})

test('GB18030 is recognised and each row keeps its own bytes', async () => {
  // 姓名,体温 / 张三,36.5 in GB18030.
  const head = Uint8Array.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xcc, 0xe5, 0xce, 0xc2, 0x0a])
  const row = Uint8Array.from([0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0x33, 0x36, 0x2e, 0x35])
  const [item, ...more] = await read(Uint8Array.from([...head, ...row, 0x0a]))
  assert.equal(more.length, 0)
  assert.deepEqual(item?.bytes, row)
  assert.equal(item.context.encoding, 'gb18030')
  assert.equal(item.context.headings, '["姓名","体温"]')
})

test('the delimiter is found, or taken from the mapping', async () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    const [item] = await read(utf8(`Name${delimiter}Temp\na${delimiter}1`))
    assert.equal(item?.context.delimiter, delimiter)
  }
  assert.deepEqual(codes(await read(utf8('Name;Temp\na;1'), { delimiter: ',' })), ['csv.headings.unknown'])
})

test('headings are matched by their synonyms, without case, width and order', async () => {
  assert.deepEqual(codes(await read(utf8('ＴＥＭＰ, name ,备注\n1,a,x'))), ['ok'])
  assert.deepEqual(codes(await read(utf8('Name,Temp,Extra\na,1,x'))), ['csv.headings.unknown'])
  assert.deepEqual(codes(await read(utf8('Name,姓名,Temp\na,b,1'))), ['csv.headings.twice'])
  assert.deepEqual(codes(await read(utf8('Name\na'))), ['csv.headings.missing'])
  assert.deepEqual(codes(await read(utf8('Name,Temp\na,1'), { columnCount: 3 })), ['csv.headings.count'])
  assert.deepEqual(codes(await read(utf8(''))), ['csv.headings.none'])
  assert.deepEqual(codes(await read(utf8('title,,\nName,Temp\na,1'), { skipLines: 1 })), ['ok'])
})

test('a row with other cells than headings is refused by its line and cell, keeps its headings, and the rest is read', async () => {
  const items = await read(utf8('Name,Temp\na,1,2\nb,2\n,\n\nc\n'))
  assert.deepEqual(codes(items), ['csv.row.columns', 'ok', 'csv.row.columns'])
  const [first] = items
  assert.ok(first !== undefined && isRefusedArrival(first))
  assert.equal(first.refusal.place, 'line 2, column 3')
  assert.equal(first.context.headings, '["Name","Temp"]')
  assert.equal(texts(items)[0], 'a,1,2')
})

test('a quote that never closes costs its own line only', async () => {
  const items = await read(utf8('Name,Temp\n"a,1\nb,2\nc,3\n'))
  assert.deepEqual(codes(items), ['csv.row.open-quote', 'ok', 'ok'])
  assert.deepEqual(texts(items), ['"a,1', 'b,2', 'c,3'])
})

test('bytes that are not in the encoding of the file refuse their row', async () => {
  const bytes = Uint8Array.from([...utf8('姓名,体温\na,1\n'), 0xff, 0x2c, 0x31, 0x0a, ...utf8('b,2')])
  assert.deepEqual(codes(await read(bytes, { encoding: 'utf-8' })), ['ok', 'csv.row.encoding', 'ok'])
  assert.deepEqual(codes(await read(Uint8Array.of(0xff, 0xfe, 0x41, 0))), ['csv.encoding.utf16'])
})

test('a keyed row is known by its key wherever it stands, an unkeyed one by its place', async () => {
  const keyed = { rowKey: ['name'] }
  const [one] = await read(utf8('Name,Temp\na,1'), keyed)
  const [, two] = await read(utf8('Name,Temp\nx,9\na,2'), keyed)
  assert.equal(one?.controlId, two?.controlId)
  assert.equal(one?.context.onSameId, 'update')
  assert.ok(!one.controlId.includes('a,'))
  const [first, second] = await read(utf8('Name,Temp\na,1\na,1'))
  assert.notEqual(first?.controlId, second?.controlId)
  assert.equal(first?.context.onSameId, undefined)
})

test('a million columns and a row without end are refused in bounded memory', async () => {
  assert.deepEqual(codes(await read(utf8(`${'a,'.repeat(1_000_000)}a\n1`), {}, {}, 65_536)), [
    'csv.headings.unreadable',
  ])
  assert.deepEqual(codes(await read(utf8(`${'a,'.repeat(2000)}a\n1`), {}, {}, 65_536)), [
    'csv.columns.too-many',
  ])
  const long = `Name,Temp\n${'x'.repeat(10_000)}\na,1\n`
  assert.deepEqual(codes(await read(utf8(long), {}, { maxRowBytes: 100 }, 64)), ['csv.row.too-long', 'ok'])
})

test('cut into rows, bytes are the same at every chunk size', async () => {
  const cell = fc.oneof(fc.stringMatching(/^[a-c "]{0,4}$/), fc.constantFrom('"x,\ny"', '"q""r"', '', '"'))
  const table = fc.array(fc.tuple(fc.array(cell, { maxLength: 3 }), fc.constantFrom('\r', '\n', '\r\n')), {
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, chunk) => {
      const bytes = utf8(rows.map(([cells, end]) => cells.join(',') + end).join(''))
      const whole = await collect(byteRows(chunksOf(bytes, 1_000_000), 40))
      assert.deepEqual(await collect(byteRows(chunksOf(bytes, chunk), 40)), whole)
      const lost = bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d).length
      const kept = whole.reduce(
        (sum, row) =>
          sum +
          (row.bytes.length === 0
            ? row.length
            : row.bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d).length),
        0,
      )
      assert.ok(kept >= lost, 'no byte of a row is lost')
    }),
  )
})
