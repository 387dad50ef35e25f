// Importing a licensed copy: CSV in UTF-8 and GB 18030, XLSX, faults by row, and any bytes at all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { importElements } from './import-elements.ts'
import { readTable } from './read-table.ts'

const request = {
  id: 'hospital.elements.licensed',
  steward: 'ziwu-hospital',
  standard: 'WS/T 363-2023',
  titles: { zh: '授权副本', en: 'licensed copy' },
  from: '2026-01-01',
}
const csv = [
  '数据元标识符,数据元名称,定义,数据类型,表示格式,允许值',
  'DE02.01.039.00,患者姓名,姓名,S1,A..50,',
  'DE02.01.040.00,性别代码,性别,S3,N1,1 男；2 女',
  'DE99,不对,定义,S1,A..50,',
  'DE02.01.039.00,重复,定义,S1,A..50,',
  'DE02.01.026.00,年龄,年龄,N,N3..1,',
].join('\n')

/** A workbook with one sheet of inline and shared strings, deflated as programs write it. */
function workbook(rows: readonly (readonly string[])[]): Uint8Array {
  const shared = rows.flat()
  const sheet = rows.map((cells, r) => {
    const inside = cells.map((_, c) => {
      const place = `${String.fromCharCode(65 + c)}${r + 1}`
      return `<c r="${place}" t="s"><v>${r * (rows[0]?.length ?? 0) + c}</v></c>`
    })
    return `<row r="${r + 1}">${inside.join('')}</row>`
  })
  const strings = shared.map((text) => `<si><t>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</t></si>`)
  return zip({
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet.join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.join('')}</sst>`,
  })
}

function zip(parts: Readonly<Record<string, string>>): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...directory, end])
}

const outcome = (bytes: Uint8Array) => {
  const { elements, findings } = importElements(bytes, request)
  return { elements, findings: findings.map(({ code, path }) => `${code} ${path}`) }
}

const expected = { elements: 2, findings: ['import.row row 4', 'import.row row 5', 'import.row row 6'] }

test('CSV: good rows become elements, each bad one is named', () => {
  assert.deepEqual(outcome(Buffer.from(csv)), expected)
})

test('CSV in GB 18030 is read as such', () => {
  const name = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb])
  const row = Buffer.from('id,name,type,format\nDE02.01.039.00,')
  const { files } = importElements(Buffer.concat([row, name, Buffer.from(',S1,A..50\n')]), request)
  const { elements } = files['elements.json'] as { elements: { names: { zh: string } }[] }
  assert.equal(elements[0]?.names.zh, '姓名')
})

test('XLSX gives the same', () => {
  assert.deepEqual(outcome(workbook(csv.split('\n').map((line) => line.split(',')))), expected)
})

test('the package is licensed content with vectors, and its value domain is enforced', () => {
  const { files } = importElements(Buffer.from(csv), request)
  assert.deepEqual(Object.keys(files), ['manifest.json', 'elements.json', 'vectors.json'])
  assert.equal((files['manifest.json'] as { licence: { shared: boolean } }).licence.shared, false)
})

test('a table without its headings says which are missing', () => {
  assert.deepEqual(outcome(Buffer.from('a,b\n1,2')).findings, ['import.heading row 1'])
})

test('an archive that unfolds without end, or leads outside itself, is no table', () => {
  const good = Buffer.from(workbook([['a', 'b']]))
  good.writeUInt32LE(0xffffff, good.length - 6)
  assert.ok('code' in readTable(good))
})

test('any bytes, and any broken workbook, end in rows or a finding', () => {
  const good = workbook([
    ['a', 'b'],
    ['c', 'd'],
  ])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(good.length), fc.nat(255), (bytes, at, value) => {
      readTable(bytes)
      readTable(Uint8Array.of(0x50, 0x4b, ...bytes))
      const broken = Uint8Array.from(good)
      broken[Math.min(at, good.length - 1)] = value
      readTable(broken)
    }),
  )
})
