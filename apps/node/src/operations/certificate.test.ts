/** S31: an organisation that was admitted has a certificate, which a stranger checks offline. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createLedgerClient, isCertificate, verifyCertificate } from '@meridian/client'
import type { Engine } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import { genesisAnchor, isRefusal, type Trust, utf8 } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { createTestLedger } from '../ledger-door/fixtures/test-ledger.ts'
import { createNodeTransport } from '../ledger-door/in-process-transport.ts'
import { certificateOf } from './certificate.ts'

const home = createTestLedger()
let engine: Engine
let text: string
let trust: Trust

before(async () => {
  engine = await home.open()
  trust = { anchors: [genesisAnchor(nodeSuite, engine.genesis)] }
  text = await certificateOf(nodeOver(), 'hospital')
})

after(async () => {
  await engine.close()
  home.remove()
})

const nodeOver = () => {
  const ledger = createLedgerClient(createNodeTransport({ engine, suite: nodeSuite }))
  return { engine, suite: nodeSuite, ledger }
}

const verify = (changed: string, by = trust) => verifyCertificate(nodeSuite, by, utf8(changed))

test('it proves who the member is, at which height, by whose signatures', () => {
  assert.ok(isCertificate(utf8(text)))
  const proved = verify(text)
  assert.ok(!isRefusal(proved))
  assert.equal(proved.chainId, engine.chainId)
  assert.equal(proved.signers, 1)
  const { status } = membershipQueries.decodeOrganisation(proved.value)
  assert.equal(status, 'active')
})

test('an altered value, another trust file and bytes of any kind are refused, each with its reason', () => {
  const proved = verify(text)
  assert.ok(!isRefusal(proved))
  const value = Buffer.from(proved.value).toString('hex')
  const altered = text.replace(value, `${value.slice(0, -2)}${value.endsWith('00') ? '01' : '00'}`)
  assert.notEqual(altered, text)
  const codeOf = (answer: ReturnType<typeof verify>) => (isRefusal(answer) ? answer.code : 'verified')
  assert.match(codeOf(verify(altered)), /^state-proof\./)
  assert.equal(codeOf(verify(text, { anchors: [] })), 'receipt.wrong-chain')
  for (const bytes of ['', '{}', text.slice(0, -1), text.replace('membership', 'evidence')])
    assert.notEqual(codeOf(verify(bytes)), 'verified')
})

test('nobody has a certificate whom the ledger does not know', async () => {
  await assert.rejects(certificateOf(nodeOver(), 'nobody'), { code: 'members-unknown' })
})
