/** Spec 5 §4: the exported record keeps its content byte for byte and is bound by its commitment. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from './bytes.ts'
import { type CanonicalText, canonicalTextOf } from './canonical-text.ts'
import { buildCommitment } from './commitment.ts'
import { checkShownElements, decodeElementFile, encodeElementFile, showElements } from './element-file.ts'
import { elementsOf } from './elements.ts'
import { exampleEvidence } from './example-evidence.ts'
import {
  checkExportedRecord,
  decodeExportFile,
  type ExportedRecord,
  encodeExportFile,
} from './export-file.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { plainCopy } from './plain-copy.ts'
import { isRefusal } from './refusal.ts'

const { record } = exampleEvidence({ suite, createSigner }, { organisations: ['first-hospital'] })

const codeOf = (text: string): string => {
  const read = decodeExportFile(utf8(text))
  return isRefusal(read) ? read.code : 'read'
}

function recordOf(content: CanonicalText): ExportedRecord {
  return {
    ...record,
    content,
    commitment: buildCommitment(suite, record.header, content, record.secret).root,
  }
}

test('the content stands in the file as it was sealed, to the last decimal', () => {
  const text = encodeExportFile(record)
  assert.ok(text.includes(record.content))
  assert.ok(text.includes('"value":36.50'))
  assert.deepEqual(decodeExportFile(utf8(text)), record)
  assert.equal(checkExportedRecord(suite, record), undefined)
})

test('any content comes back and every element of it can be shown alone', () => {
  const contents = fc
    .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, maxKeys: 4 })
    .map((resource) => canonicalTextOf({ provenance: {}, resource, content: null, format: '"content":null' }))
  fc.assert(
    fc.property(contents, (content) => {
      const made = recordOf(content)
      const read = decodeExportFile(utf8(encodeExportFile(made)))
      assert.deepEqual(read, made)
      assert.equal(checkExportedRecord(suite, made), undefined)
      for (const { path, value } of elementsOf(content)) {
        const shown = showElements(suite, made, [path])
        assert.ok(!isRefusal(shown))
        assert.equal(checkShownElements(suite, shown), undefined)
        assert.equal(shown.elements[0]?.value, value)
        assert.deepEqual(decodeElementFile(utf8(encodeElementFile(shown))), shown)
      }
    }),
    { numRuns: 60 },
  )
})

test('an element shown with another value, path or salt does not lead to the commitment', () => {
  const shown = showElements(suite, record, ['/resource/status'])
  assert.ok(!isRefusal(shown))
  const [element] = shown.elements
  assert.ok(element !== undefined)
  for (const change of [
    { value: '"amended"' },
    { path: '/resource/id' },
    { salt: new Uint8Array(16) },
    { proof: element.proof.slice(1) },
  ]) {
    const refusal = checkShownElements(suite, { ...shown, elements: [{ ...element, ...change }] })
    assert.deepEqual([refusal?.code, refusal?.detail], ['elements.altered', { place: '/elements/0' }])
  }
  const header = { ...shown.header, organisation: 'second-hospital' }
  assert.deepEqual(checkShownElements(suite, { ...shown, header })?.detail, { place: '/header' })
})

test('a step of a proof that is not a side and a hash is refused by its place', () => {
  const shown = showElements(suite, record, ['/resource/status'])
  assert.ok(!isRefusal(shown))
  const text = encodeElementFile(shown)
  const [first] = /[<>][0-9a-f]{64}/.exec(text) as unknown as [string]
  for (const step of ['', '<', first.slice(0, -2), `${first}00`, first.slice(1), `=${first.slice(1)}`]) {
    const read = decodeElementFile(utf8(text.replace(first, step)))
    assert.ok(isRefusal(read) && read.code === 'elements.malformed', step)
  }
})

test('a file that is not a record, or not in its one form, is refused with a code', () => {
  const text = encodeExportFile(record)
  const without = (name: string) => {
    const { [name]: _, ...rest } = plainCopy(text as CanonicalText) as Record<string, unknown>
    return canonicalTextOf(rest)
  }
  assert.equal(codeOf(text), 'read')
  for (const name of ['commitment', 'content', 'format', 'header', 'secret'])
    assert.equal(codeOf(without(name)), 'record.malformed')
  assert.equal(codeOf(text.replace('meridian-record/1', 'meridian-record/2')), 'record.malformed')
  assert.equal(codeOf(text.replace('"version":2', '"version":1')), 'record.malformed')
  assert.equal(codeOf(text.replace('"version":2', '"version":0')), 'record.malformed')
  assert.equal(codeOf(text.replace(record.content, '"text"')), 'record.malformed')
  // A number keeps its source text, so it is the re-encoding that tells 2 from 2.0.
  assert.equal(codeOf(text.replace('"version":2', '"version":2.0')), 'record.not-canonical')
  assert.equal(codeOf(text.replace('{"commitment"', '{ "commitment"')), 'record.not-canonical')
  assert.equal(codeOf(`\ufeff${text}`), 'record.not-canonical')
  assert.equal(codeOf(text.slice(0, -1)), 'text.unexpected-end')
})
