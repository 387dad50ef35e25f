/** The actions of proposals go into bytes and come back, and nothing else comes out of bytes (spec 1 §8). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeCbor } from '../cbor.ts'
import { isRefusal } from '../refusal.ts'
import {
  decodeAction,
  encodeAction,
  isProposalKind,
  type ProposalAction,
  proposalKinds,
} from './proposal-kinds.ts'

const organisation = 'clinic'

const examples: readonly ProposalAction[] = [
  { kind: 'membership.admit', action: { organisation } },
  { kind: 'membership.change-class', action: { organisation, memberClass: 'observer' } },
  { kind: 'membership.suspend', action: { organisation } },
  { kind: 'membership.reinstate', action: { organisation } },
  { kind: 'membership.expel', action: { organisation } },
  { kind: 'membership.restore-validator', action: { organisation } },
  { kind: 'parameters.change', action: { name: 'maxBlockBytes', value: 1_048_576 } },
  { kind: 'upgrade', action: { version: 2, retireHeight: 90_000n } },
  { kind: 'artefact.trial', action: { id: 'maps/sex', version: '1.0.0' } },
  { kind: 'artefact.activate', action: { id: 'maps/sex', version: '1.0.0', retireHeight: 90_000n } },
  { kind: 'artefact.retire', action: { id: 'maps/sex', version: '1.0.0', retireHeight: 90_000n } },
]

test('spec 1 §8: the action of every kind comes back', () => {
  assert.deepEqual(
    examples.map(({ kind }) => kind),
    proposalKinds,
  )
  for (const { kind, action } of examples)
    assert.deepEqual(decodeAction(kind, encodeAction(kind, action)), action)
})

test('spec 1 §8: an action with a field missing, added or wrong is refused', () => {
  for (const { kind, action } of examples) {
    const size = Object.keys(action).length
    const code = (value: ReadonlyMap<number, string>): unknown => {
      const answer = decodeAction(kind, encodeCbor(value))
      return isRefusal(answer) ? answer.code : answer
    }
    assert.equal(code(new Map()), 'statement.field-missing', kind)
    const wrong = new Map(Array.from({ length: size }, (_, i) => [i + 1, 'not a word']))
    assert.equal(code(wrong), 'statement.field-invalid', kind)
    assert.equal(code(new Map([...wrong, [size + 1, 'x']])), 'statement.field-unknown', kind)
    assert.ok(isRefusal(decodeAction(kind, new Uint8Array([0xff]))))
  }
})

test('spec 1 §8: only the names of the table are kinds', () => {
  for (const kind of proposalKinds) assert.ok(isProposalKind(kind))
  for (const kind of ['', 'membership', 'toString', 'membership.promote']) assert.ok(!isProposalKind(kind))
})
