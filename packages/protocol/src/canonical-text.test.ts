/** Tests of canonical text against its definition in spec 1 §3, and of the reader against RFC 8259. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from './bytes.ts'
import { isCanonicalJson } from './canonical-check.ts'
import { canonicalTextOf, readCanonicalText } from './canonical-text.ts'
import { printCanonical } from './json-reader.ts'
import { plainCopy } from './plain-copy.ts'
import { isRefusal } from './refusal.ts'
import { DEFAULT_TEXT_LIMITS } from './text-limits.ts'

const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.code : undefined)

/** A JSON value as it may be written: numbers by their source, objects by their members in any order. */
type Written =
  | { readonly number: string }
  | { readonly text: string }
  | { readonly word: string }
  | { readonly items: readonly Written[] }
  | { readonly members: readonly (readonly [string, Written])[] }

const numberSource = fc
  .tuple(
    fc.boolean(),
    fc.nat(),
    fc.option(fc.stringMatching(/^\d{1,6}$/)),
    fc.option(fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map(
    ([minus, whole, fraction, exponent]) =>
      `${minus ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}${exponent ?? ''}`,
  )
const anyText = fc.string({ unit: 'grapheme', maxLength: 12 })
const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    numberSource.map((number) => ({ number })),
    fc.oneof(anyText, fc.string({ unit: 'binary', maxLength: 9 })).map((text) => ({ text })),
    fc.constantFrom('true', 'false', 'null').map((word) => ({ word })),
    fc.array(tie('written'), { maxLength: 5 }).map((items) => ({ items })),
    fc
      .uniqueArray(fc.tuple(anyText, tie('written')), { maxLength: 6, selector: ([key]) => key })
      .map((members) => ({ members })),
  ),
}))

/** The definition of spec 1 §3, as plainly as it can be written. */
function canonicalOf(value: Written): string {
  if ('number' in value) return value.number
  if ('word' in value) return value.word
  if ('text' in value) return JSON.stringify(value.text)
  if ('items' in value) return `[${value.items.map(canonicalOf).join(',')}]`
  const members = [...value.members].sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${canonicalOf(each)}`).join(',')}}`
}

/** The same value with space wherever it may be and every character of a string escaped by chance. */
function untidy(value: Written, chance: () => number): string {
  const space = () => ['', '', ' ', '\n', '\t\r\n'][chance() % 5] as string
  const print = (each: Written): string => `${space()}${inner(each)}${space()}`
  const text = (t: string) => `"${Array.from({ length: t.length }, (_, i) => unit(t, i)).join('')}"`
  const unit = (t: string, i: number) => {
    const code = t.charCodeAt(i)
    const half = code >= 0xd800 && code <= 0xdfff
    // Both halves of a pair are escaped, or neither: what stands before decides.
    if (!half && chance() % 3 > 0) return JSON.stringify(t.charAt(i)).slice(1, -1)
    return half ? t.charAt(i) : `\\u${code.toString(16).padStart(4, '0')}`
  }
  const inner = (each: Written): string => {
    if ('number' in each) return each.number
    if ('word' in each) return each.word
    if ('text' in each) return text(each.text)
    if ('items' in each) return `[${each.items.map(print).join(',') || space()}]`
    return `{${each.members.map(([key, v]) => `${space()}${text(key)}${space()}:${print(v)}`).join(',') || space()}}`
  }
  return print(value)
}

const untidySource = fc
  .tuple(written, fc.infiniteStream(fc.nat(59)))
  .map(([value, stream]) => ({ value, source: untidy(value, () => stream.next().value as number) }))

test('spec 1 §3: any way to write a value has its one canonical text, from text and from bytes', () => {
  fc.assert(
    fc.property(untidySource, ({ value, source }) => {
      const expected = canonicalOf(value)
      assert.equal(readCanonicalText(source), expected)
      assert.equal(readCanonicalText(utf8(source)), expected)
    }),
    { numRuns: 1000 },
  )
})

test('canonical text is its own canonical text, and the quick check finds exactly that', () => {
  fc.assert(
    fc.property(untidySource, ({ value, source }) => {
      const text = canonicalOf(value)
      assert.equal(readCanonicalText(text), text)
      assert.equal(isCanonicalJson(source, DEFAULT_TEXT_LIMITS), source === text && !hasEscapedName(value))
      assert.equal(printCanonical(text, DEFAULT_TEXT_LIMITS), text)
    }),
    { numRuns: 500 },
  )
})

/** The quick check leaves such a name to the slow reader. */
function hasEscapedName(value: Written): boolean {
  if ('items' in value) return value.items.some(hasEscapedName)
  if (!('members' in value)) return false
  return value.members.some(([key, each]) => JSON.stringify(key).includes('\\') || hasEscapedName(each))
}

/** Codes for what `JSON.parse` lets pass and we do not. */
const OURS_ALONE = ['text.duplicate-key', 'text.lone-surrogate']

test('RFC 8259: whatever is not JSON is refused, and nothing else but doubles and lone surrogates', () => {
  const mutated = fc
    .tuple(
      untidySource,
      fc.nat(),
      fc.constantFrom(
        '',
        '"',
        '\\',
        ',',
        ':',
        '{',
        '}',
        '[',
        ']',
        '0',
        '-',
        'e',
        ' ',
        '\u0000',
        'u',
        '\ud800',
        '\udc00',
        'x',
      ),
    )
    .map(([{ source }, at, put]) => {
      const place = at % (source.length + 1)
      return source.slice(0, place) + put + source.slice(place + 1)
    })
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' })), (source) => {
      const answer = readCanonicalText(source)
      const parsed = parsedByHost(source)
      if (isRefusal(answer)) {
        assert.ok(parsed === undefined || OURS_ALONE.includes(answer.code), answer.code)
        return
      }
      assert.ok(parsed !== undefined)
      // With an escape in it the host may misread a name (see plain-copy.ts).
      if (!source.includes('\\')) assert.deepEqual(plainCopy(answer), parsed.value)
    }),
    { numRuns: 4000 },
  )
})

function parsedByHost(source: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(source) }
  } catch {
    return undefined
  }
}

test('any bytes give a canonical text or a coded refusal with its place', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const answer = readCanonicalText(bytes)
      if (!isRefusal(answer)) return assert.equal(readCanonicalText(answer), answer)
      assert.match(answer.code, /^text\./)
      assert.ok('line' in answer.detail || 'offset' in answer.detail)
    }),
    { numRuns: 2000 },
  )
})

test('invalid UTF-8 is refused with the offset of its first byte', () => {
  const answer = readCanonicalText(Buffer.from('{"姓名":"\xb0\xd9"}', 'latin1'))
  assert.equal(codeOf(answer), 'text.not-utf8')
  const gbk = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xcd, 0xf5]), Buffer.from('"}')])
  const refusal = readCanonicalText(gbk)
  assert.deepEqual(isRefusal(refusal) && refusal.detail, { offset: 6 })
})

test('lines end at LF, CR or CRLF, and columns count from 1', () => {
  for (const lineEnd of ['\n', '\r', '\r\n']) {
    const answer = readCanonicalText(['{', '"a":1,', '  x}'].join(lineEnd))
    assert.deepEqual(isRefusal(answer) && answer.detail, { line: 3, column: 3 })
  }
})

test('a lone surrogate is refused at its place, raw or escaped', () => {
  for (const source of ['["a",\n"\ud800"]', '["a",\n"\\ud800"]', '["a",\n"\\udc00\\ud800"]']) {
    const answer = readCanonicalText(source)
    assert.equal(codeOf(answer), 'text.lone-surrogate')
    assert.equal(isRefusal(answer) && answer.detail.line, 2)
  }
})

test('size, depth and members are bounded, and the bound is reached exactly', () => {
  assert.equal(codeOf(readCanonicalText('[1,2]', { maxBytes: 5 })), undefined)
  assert.equal(codeOf(readCanonicalText('[1,2] ', { maxBytes: 5 })), 'text.too-large')
  assert.equal(codeOf(readCanonicalText('[[]]', { maxDepth: 2 })), undefined)
  assert.equal(codeOf(readCanonicalText('[[[]]]', { maxDepth: 2 })), 'text.too-deep')
  assert.equal(codeOf(readCanonicalText('{"a":[1]}', { maxMembers: 2 })), undefined)
  assert.equal(codeOf(readCanonicalText('{"a":[1,2]}', { maxMembers: 2 })), 'text.too-many-members')
  assert.equal(codeOf(readCanonicalText('['.repeat(10_000) + ']'.repeat(10_000))), 'text.too-deep')
  assert.equal(codeOf(readCanonicalText('['.repeat(10_000), { maxDepth: 1e9 })), 'text.too-deep')
  assert.equal(codeOf(readCanonicalText('{"a":'.repeat(10_000))), 'text.too-deep')
  assert.equal(codeOf(readCanonicalText(new Uint8Array(33 * 1024 * 1024))), 'text.too-large')
  assert.equal(codeOf(readCanonicalText(`[${'0,'.repeat(2_000_000)}0]`)), 'text.too-many-members')
})

test('a refusal carries no text of the source', () => {
  const answer = readCanonicalText('{"name":"王小明" "id":"110101199003070011"}')
  assert.equal(codeOf(answer), 'text.syntax')
  assert.doesNotMatch(JSON.stringify(answer), /王小明|110101/)
})

test('what our own code makes has a canonical text, and a number may keep its source', () => {
  const raw = (source: string) => (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(source)
  assert.equal(
    canonicalTextOf({ b: raw('1.00'), a: ['中', undefined], c: undefined }),
    '{"a":["中",null],"b":1.00}',
  )
  assert.throws(() => canonicalTextOf(undefined), TypeError)
  assert.throws(() => canonicalTextOf('\ud800'), TypeError)
})

const fhir = join(import.meta.dirname, '../../../../shared/data/03-fhir')

test('every official FHIR R4 example reads, and keeps its value and its decimals', {
  skip: existsSync(fhir) ? false : '../shared/data is not here',
}, () => {
  const files = globSync('hl7-r4-examples/**/*.json', { cwd: fhir })
  assert.ok(files.length > 500)
  for (const file of files) {
    const source = readFileSync(join(fhir, file))
    const text = readCanonicalText(source)
    assert.ok(!isRefusal(text), file)
    assert.deepEqual(plainCopy(text), JSON.parse(source.toString().replace(/^\ufeff/, '')), file)
    assert.deepEqual(numbersOf(text), numbersOf(source.toString()), file)
  }
})

/** The source of every number, sorted. */
function numbersOf(source: string): string[] {
  const withoutTexts = source.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  return (withoutTexts.match(/-?\d[\d.eE+-]*/g) ?? []).sort()
}
