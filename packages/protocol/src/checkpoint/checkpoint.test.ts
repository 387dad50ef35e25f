/** Spec 5 §8: checkpoints against notes that Go's x/mod/sumdb/note and transparency-dev/formats signed, and what is refused. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, utf8 } from '../bytes.ts'
import { createSigner, nodeSuite as suite } from '../node-suite.ts'
import { isRefusal } from '../refusal.ts'
import {
  checkCheckpoint,
  checkpointKeyName,
  countersignCheckpoint,
  decodeCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
} from './checkpoint.ts'
import { encodeNote } from './signed-note.ts'
import { splitViewOf } from './split-view.ts'

const vector = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../vectors/checkpoint.json'), 'utf8'),
) as Record<string, string> & { size: number }
const bytesOf = (name: string): Uint8Array => fromHex(vector[name] as string) as Uint8Array
const { origin, name, witnessName, note } = vector as unknown as Record<string, string>
const member = { name: name as string, publicKey: bytesOf('publicKey') }
const witness = { name: witnessName as string, publicKey: bytesOf('witnessPublicKey') }
const signer = createSigner(bytesOf('seed'))
const checkpoint = { origin: origin as string, size: vector.size, root: bytesOf('root') }

function opened(text: string): SignedCheckpoint {
  const signed = decodeCheckpoint(utf8(text))
  assert.ok(!isRefusal(signed))
  return signed
}

const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.code : 'accepted')

test('a note that another implementation signed and cosigned is read and verified', () => {
  const signed = opened(note as string)
  assert.deepEqual([signed.origin, signed.size, signed.root], [origin, vector.size, checkpoint.root])
  const checked = checkCheckpoint(suite, signed, [member, witness])
  assert.ok(!isRefusal(checked))
  assert.deepEqual(
    checked.map((line) => line.name),
    [name, witnessName],
  )
  assert.ok((checked[1]?.time ?? 0n) > 1_700_000_000n)
})

test('our note is byte for byte the one that the other implementation makes', () => {
  const ours = signCheckpoint(suite, checkpoint, { name: member.name, signer })
  assert.ok((note as string).startsWith(ours))
  const [, , , , , theirs] = (note as string).split('\n')
  const checked = checkCheckpoint(suite, opened(note as string), [witness])
  const time = isRefusal(checked) ? undefined : checked[0]?.time
  const key = { name: witness.name, signer: createSigner(bytesOf('witnessSeed')), time: time as bigint }
  assert.equal(countersignCheckpoint(suite, opened(ours), key), `${ours}${theirs}\n`)
})

test('the key name of a member is its chain and its organisation', () => {
  assert.equal(checkpointKeyName(checkpoint.origin, 'first-hospital'), name)
})

test('lines of unknown keys are passed over, a wrong line of a known key refuses the whole', () => {
  const signed = opened(note as string)
  const stranger = { name: member.name, publicKey: witness.publicKey }
  assert.equal(codeOf(checkCheckpoint(suite, signed, [stranger])), 'checkpoint.not-signed')
  const [first, second] = signed.signatures
  assert.ok(first !== undefined && second !== undefined)
  for (const line of [first, second]) {
    const signature = line.signature.with(-1, (line.signature.at(-1) as number) ^ 1)
    const altered = { ...signed, signatures: [{ ...line, signature }] }
    assert.equal(codeOf(checkCheckpoint(suite, altered, [member, witness])), 'checkpoint.bad-signature')
  }
  const backdated = second.signature.with(7, (second.signature[7] as number) ^ 1)
  const other = { ...signed, signatures: [{ ...second, signature: backdated }] }
  assert.equal(codeOf(checkCheckpoint(suite, other, [witness])), 'checkpoint.bad-signature')
})

test('what is not a checkpoint is refused at its line', () => {
  const lines = (note as string).split('\n')
  const changed = (line: number, text: string): string => lines.with(line, text).join('\n')
  const wrong: readonly [string, number][] = [
    ['', 0],
    [lines.slice(0, 3).join('\n'), 0],
    [changed(0, ''), 1],
    [changed(1, '020'), 2],
    [changed(1, '-1'), 2],
    [changed(2, 'AAAA'), 3],
    [changed(2, `${lines[2]}\nextension`), 4],
    [changed(4, '— name AAAA'), 5],
    [changed(4, (lines[4] as string).replace('—', '-')), 5],
    [changed(0, 'a\u0001b'), 0],
    [(note as string).slice(0, -1), 0],
  ]
  for (const [text, line] of wrong) {
    const answer = decodeCheckpoint(utf8(text))
    assert.deepEqual(
      isRefusal(answer) && [answer.code, answer.detail],
      ['checkpoint.malformed', { line }],
      text,
    )
  }
})

test('whatever bytes come, they are read or refused, and what is read is printed again', () => {
  const mutated = fc
    .tuple(fc.constant(utf8(note as string)), fc.nat(), fc.integer({ min: 0, max: 255 }))
    .map(([bytes, at, value]) => bytes.with(at % bytes.length, value))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated), (bytes) => {
      const signed = decodeCheckpoint(bytes)
      if (!isRefusal(signed)) assert.deepEqual(utf8(encodeNote(signed)), new Uint8Array(bytes))
    }),
  )
})

test('two roots for one size, both signed, are evidence against the signer; anything less is none', () => {
  const key = { name: member.name, signer }
  const first = opened(signCheckpoint(suite, checkpoint, key))
  const second = opened(signCheckpoint(suite, { ...checkpoint, root: checkpoint.root.with(0, 9) }, key))
  assert.deepEqual(splitViewOf(suite, [first, second], [member])?.signers, [[name], [name]])
  assert.equal(splitViewOf(suite, [first, first], [member]), undefined)
  assert.equal(splitViewOf(suite, [first, second], [witness]), undefined)
  const larger = opened(signCheckpoint(suite, { ...checkpoint, size: checkpoint.size + 1 }, key))
  assert.equal(splitViewOf(suite, [first, larger], [member]), undefined)
})
