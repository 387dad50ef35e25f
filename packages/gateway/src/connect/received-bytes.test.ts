// What arrived can always be exported as it came, and what is stored differs only as the design says, through a real vault.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accessAll } from '@meridian/vault'
import { openTestDoor, type TestDoor } from '../../fixtures/fhir-door.ts'
import {
  fingerprint,
  needsSharedData,
  receivedOf,
  sharedData,
  sourceOf,
  tools,
} from '../../fixtures/received.ts'
import { isRoomRefusal } from '../room-refusal.ts'
import { standardiseFhir } from '../standardise/fhir/standardise-fhir.ts'
import { readFhirDocument } from './fhir-files.ts'

let door: TestDoor
before(async () => {
  door = await openTestDoor()
})
after(() => door.close())

for (const folder of ['03-fhir/hl7-r4-examples', '03-fhir/synthea-r4']) {
  test(
    `${folder}: exported bytes equal the received ones, and the vault holds the converted text`,
    needsSharedData(folder),
    async () => {
      const source = sourceOf({ name: 'his' })
      const files = readdirSync(join(sharedData, folder)).filter((name) => name !== 'package.json')
      const sent = files.flatMap((file) => {
        const bytes = readFileSync(join(sharedData, folder, file))
        return readFhirDocument(bytes, { file }, { fingerprint }).map((item) => ({ source, item, bytes }))
      })
      const outcomes = await door.corridor.takeIn(sent)
      const newest = new Map<string, string>()
      for (const [at, { item, bytes }] of sent.entries()) {
        const { deliveryId, state } = outcomes[at] as (typeof outcomes)[number]
        assert.deepEqual(await door.vault.inbox.original(deliveryId), new Uint8Array(item.bytes))
        if (item.context.shape === 'document')
          assert.deepEqual(new Uint8Array(item.bytes), new Uint8Array(bytes))
        const standardised = standardiseFhir(receivedOf(item, { deliveryId }), tools)
        if (state !== 'taken-in' || isRoomRefusal(standardised)) continue
        for (const { type, id, text } of standardised.records) newest.set(`${type}/${id}`, text)
      }
      assert.ok(newest.size > 500)
      for (const [key, text] of newest) {
        const [type = '', id = ''] = key.split('/')
        assert.equal((await door.vault.records.read(type, id, accessAll))?.opened?.resource, text, key)
      }
    },
  )
}
