/** The HL7 v2 reader: separators, character sets, coded refusals. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { isRoomRefusal } from '../../room-refusal.ts'
import { composite, firstNamed, type Hl7Message, part, repetitions, segmentsNamed, text } from './message.ts'
import { type ParseOptions, parseMessage } from './parse.ts'

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../fixtures/hl7v2/${name}`, import.meta.url))

const utf8 = (source: string): Uint8Array => Buffer.from(source, 'utf8')

function parsed(source: Uint8Array | string, options?: ParseOptions): Hl7Message {
  const message = parseMessage(typeof source === 'string' ? utf8(source) : source, options)
  assert.ok(!isRoomRefusal(message), JSON.stringify(message))
  return message
}

function refusal(source: Uint8Array | string, options?: ParseOptions): [string, string | undefined] {
  const message = parseMessage(typeof source === 'string' ? utf8(source) : source, options)
  assert.ok(isRoomRefusal(message))
  assert.equal(message.refusedBy, 'connect')
  return [message.code, message.place]
}

const header = 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5'

test('a Chinese admission is read, with its kind, control id and name', () => {
  const message = parsed(fixture('adt-a01.hl7'))
  const pid = firstNamed(message, 'PID')
  assert.ok(pid)
  assert.deepEqual(message.type, { code: 'ADT', event: 'A01', structure: 'ADT_A01' })
  assert.equal(message.controlId, 'HIS0001')
  assert.deepEqual([text(pid, 5), text(pid, 5, 2)], ['张', '三'])
  assert.deepEqual(
    repetitions(pid, 3).map((number) => [part(number, 1), part(number, 5)]),
    [
      ['0012345', 'MR'],
      ['11010519491231029X', 'NI'],
    ],
  )
})

test('the same message in GB18030 reads the same, its character set found in the raw bytes', () => {
  const fields = (message: Hl7Message) => message.segments.slice(1).map((segment) => segment.fields)
  const message = parsed(fixture('adt-a01-gb18030.hl7'))
  assert.equal(message.encoding.charset, 'gb18030')
  assert.deepEqual(fields(message), fields(parsed(fixture('adt-a01.hl7'))))
})

test('a GB18030 sender whose name holds the byte of a separator does not hide MSH-18', () => {
  // 倈 is 0x81 0x7C in GB18030: its second byte is the vertical bar.
  const source = iconv.encode(
    `MSH|^~\\&|倈倈|院|C|D|20260101||ADT^A01|1|P|2.5||||||GB 18030-2000\rPID|1||7||倈^三`,
    'gb18030',
  )
  assert.ok(source.includes(0x7c, 10))
  const message = parsed(source)
  assert.equal(text(message.header, 3), '倈倈')
  assert.equal(text(firstNamed(message, 'PID') as never, 5), '倈')
})

test('every name that MSH-18 has for a character set here is understood', () => {
  for (const name of [
    '',
    'UNICODE UTF-8',
    'UTF-8',
    'utf8',
    'UNICODE',
    'ASCII',
    '8859/1',
    'GB 18030-2000',
    'GBK',
    'gb2312',
    '8859/15',
  ]) {
    assert.equal(parsed(`${header}||||||${name}\rPID|1`).segments.length, 2, name)
  }
  assert.deepEqual(refusal(`${header}||||||EBCDIC\rPID|1`), ['hl7v2.charset-unknown', 'MSH-18'])
})

test('bytes that are not in the character set they claim are refused, unless the source is configured with theirs', () => {
  const gbk = iconv.encode(`${header}\rPID|1||7||张^三`, 'gb18030')
  assert.deepEqual(refusal(gbk), ['hl7v2.charset-mismatch', 'MSH-18'])
  assert.equal(text(firstNamed(parsed(gbk, { charset: 'gb18030' }), 'PID') as never, 5), '张')
})

test('odd separators come from MSH-1 and MSH-2', () => {
  const message = parsed(
    'MSH!$r?@!LIP!LIP!LB!LB!20111207!!ADT$A01!430102!D!2.5\rPID!1!!7$$$X@1.2@ISO$MRr8!!A$B',
  )
  const pid = firstNamed(message, 'PID') as never
  assert.equal(repetitions(pid, 3).length, 2)
  const first = composite(pid, 3)
  assert.deepEqual(first && [part(first, 1), part(first, 4, 2), part(first, 5)], ['7', '1.2', 'MR'])
})

test('separators that repeat one another, or are missing, are refused', () => {
  for (const start of ['MSH|^&&^|A', 'MSH|^~\\\\&|A', 'MSH|||A', 'MSH', 'MSHABCDEFG', 'MSH|||||||||']) {
    assert.equal(refusal(`${start}|B|C|D|20260101||ADT^A01|1|P|2.5`)[0], 'hl7v2.separators', start)
  }
})

test('segments end with CR, LF or CRLF; blank lines, a byte order mark and MLLP framing are no part of them', () => {
  const lines = [header, 'EVN|A01', 'PID|1||7']
  for (const end of ['\r', '\n', '\r\n']) {
    assert.equal(parsed(lines.join(end)).segments.length, 3)
    assert.equal(parsed(`${lines.join(`${end}${end}`)}${end}`).segments.length, 3)
  }
  assert.equal(parsed(`\u{feff}${lines.join('\r')}`).segments.length, 3)
  assert.equal(parsed(`\x0b${lines.join('\r')}\r\x1c\r`).segments.length, 3)
})

test('a line feed inside a field is text when segments end with CR, and a segment when it plainly is one', () => {
  const message = parsed(`${header}\rOBX|1|TX|x||one\ntwo\nPID|1||7\r`)
  assert.deepEqual(
    message.segments.map((segment) => segment.name),
    ['MSH', 'OBX', 'PID'],
  )
  assert.equal(message.segments[1]?.fields[5], 'one\ntwo')
})

test('a line that is no segment is refused with its number', () => {
  const found = parseMessage(utf8(`${header}\nPID|1||7\n// a comment\n`))
  assert.ok(isRoomRefusal(found))
  assert.deepEqual([found.code, found.place, found.detail], ['hl7v2.segment', 'segment 3', { segment: 3 }])
  assert.equal(refusal(`${header}\r${header}`)[0], 'hl7v2.segment')
})

test('empty says nothing, and HL7 null says that there is no value', () => {
  const message = parsed(`${header}\rPID|1||""|  |^^|~|A^""^C`)
  const pid = firstNamed(message, 'PID') as never
  assert.deepEqual(
    [3, 4, 5, 6].map((field) => repetitions(pid, field).length),
    [0, 1, 0, 0],
  )
  assert.deepEqual(
    [text(pid, 3), text(pid, 4), text(pid, 7, 2), text(pid, 7, 3)],
    [undefined, undefined, undefined, 'C'],
  )
})

test('what is not HL7, is empty, or is XML is refused by name', () => {
  assert.equal(refusal('')[0], 'hl7v2.empty')
  assert.equal(refusal(' \r\n \x0b\x1c\r')[0], 'hl7v2.empty')
  assert.equal(refusal('begin 644 WAV.DAT')[0], 'hl7v2.not-hl7')
  assert.equal(refusal('PID|1||7')[0], 'hl7v2.not-hl7')
  assert.equal(refusal('<?xml version="1.0"?><ADT_A01 xmlns="urn:hl7-org:v2xml"/>')[0], 'hl7v2.xml-encoding')
})

test('a message without type or control id is refused with the field', () => {
  assert.deepEqual(refusal('MSH|^~\\&|A|B|C|D|20260101|||1|P|2.5'), ['hl7v2.message-type-missing', 'MSH-9'])
  assert.deepEqual(refusal('MSH|^~\\&|A|B|C|D|20260101||ADT^A01||P|2.5'), [
    'hl7v2.control-id-missing',
    'MSH-10',
  ])
})

test('limits hold before anything is built', () => {
  const limits = { maxMessageBytes: 2000, maxSegments: 5, maxFields: 20 }
  assert.equal(refusal(`${header}\r${'X'.repeat(3000)}`, { limits })[0], 'hl7v2.too-large')
  assert.equal(refusal(`${header}${'\rNTE|1'.repeat(9)}`, { limits })[0], 'hl7v2.too-many-segments')
  assert.deepEqual(refusal(`${header}\rPID${'|'.repeat(50)}`, { limits }), ['hl7v2.too-many-fields', 'PID'])
})

test('all segments of a name come in order', () => {
  const message = parsed(fixture('oru-r01.hl7'))
  assert.deepEqual(
    segmentsNamed(message, 'OBX').map((obx) => text(obx, 1)),
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
  )
})
