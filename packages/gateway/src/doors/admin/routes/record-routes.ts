/** Records: the list, one record with its versions, receipts and exports. */
import { plainCopy } from '@meridian/protocol'
import type { RecordVersion, VersionSummary } from '@meridian/vault'
import { recordsFor } from '../access.ts'
import { refuseCall } from '../admin-errors.ts'
import { type AdminCall, type AdminRoute, type DoorParts, personOf } from '../admin-route.ts'
import type { ReceiptText } from '../needs.ts'
import {
  anyOfThese,
  cursorForm,
  exactly,
  idForm,
  numberForm,
  sourceForm,
  stateForm,
  typeForm,
} from '../parameter-forms.ts'
import { batchesOf } from '../records/batches-of.ts'
import { recordRow, versionDocument } from '../records/version-document.ts'

const pageSize = 50

/** `GET /api/records?type=&state=&source=&cursor=` → heads, newest first. A page by state may be short and have a `next`. */
export const listRecords: AdminRoute = {
  method: 'GET',
  path: '/api/records',
  schema: {
    querystring: anyOfThese({ type: typeForm, state: stateForm, source: sourceForm, cursor: cursorForm }),
  },
  async answer(call, parts) {
    const page = await findRows(call, parts)
    if (page === undefined) return refuseCall('request.invalid', 'cursor')
    const batches = await batchesOf(page.items, parts.vault.outbox)
    const items = page.items.map((item, i) => recordRow(item, batches[i]))
    return { items, ...(page.next === undefined ? {} : { next: page.next }) }
  },
}

/** How many pages are looked through for a state before the caller is asked to go on. */
const pagesPerCall = 10

async function findRows(call: AdminCall, { vault }: DoorParts) {
  const { type, source, state } = call.query
  const access = recordsFor(personOf(call).role)
  const found: VersionSummary[] = []
  let cursor = call.query.cursor
  for (let looked = 0; looked < (state === undefined ? 1 : pagesPerCall); looked++) {
    const page = await vault.records.list(
      {
        count: pageSize,
        ...(type === undefined ? {} : { type }),
        ...(source === undefined ? {} : { source }),
        ...(cursor === undefined ? {} : { cursor }),
      },
      access,
    )
    if (page === undefined) return undefined
    found.push(...page.items.filter((item) => state === undefined || item.state === state))
    cursor = page.next
    if (cursor === undefined || found.length >= pageSize) break
  }
  return { items: found, next: cursor }
}

const recordForm = { type: typeForm, id: idForm }
const versionForm = { ...recordForm, version: numberForm }

/** How many versions one page of a record's history opens. */
const versionsPerPage = 20

/** `GET /api/records/:type/:id?cursor=` → versions newest first with changes, and the findings of the head. */
export const readRecord: AdminRoute = {
  method: 'GET',
  path: '/api/records/:type/:id',
  schema: { params: exactly(recordForm), querystring: anyOfThese({ cursor: cursorForm }) },
  async answer(call, parts) {
    const { type = '', id = '' } = call.params
    const { role } = personOf(call)
    const { cursor } = call.query
    const page = await parts.vault.records.history(
      type,
      id,
      { count: versionsPerPage + 1, ...(cursor === undefined ? {} : { cursor }) },
      recordsFor(role),
    )
    if (page === undefined) return refuseCall('request.invalid', 'cursor')
    const shown = page.items
    const head = shown[0]
    if (head === undefined) return refuseCall('record.unknown')
    const versions = await Promise.all(
      shown.map(async (version, i) => {
        const membership = await parts.vault.outbox.batchOf(type, id, version.version)
        return versionDocument(version, shown[i + 1], membership, role)
      }),
    )
    return {
      type,
      id,
      minimised: role === 'researcher',
      versions,
      judged: judgement(head, parts),
      ...(page.next === undefined ? {} : { next: page.next }),
    }
  },
}

function judgement(head: RecordVersion, { corridor }: DoorParts): object | undefined {
  if (head.opened === null || head.operation === 'delete') return undefined
  return corridor.judge(head.source, plainCopy(head.opened.resource))
}

/** `GET /api/records/:type/:id/:version/receipt` → the Meridian receipt, as `meridian receipt` writes it. */
export const readReceipt: AdminRoute = {
  method: 'GET',
  path: '/api/records/:type/:id/:version/receipt',
  schema: { params: exactly(versionForm) },
  async answer(call, parts) {
    const { type = '', id = '', version } = call.params
    const receipt = await parts.receipts.receipt(type, id, Number(version))
    if (receipt === undefined) return refuseCall('record.unknown')
    return receipt === 'not-final' ? refuseCall('receipt.not-final') : asItIs(call, receipt)
  },
}

/** `GET /api/records/:type/:id/:version/export` → canonical text and secret, as `meridian export` writes it. */
export const exportRecord: AdminRoute = {
  method: 'GET',
  path: '/api/records/:type/:id/:version/export',
  schema: { params: exactly(versionForm) },
  async answer(call, parts) {
    const { type = '', id = '', version } = call.params
    const document = await parts.receipts.export(type, id, Number(version))
    if (document === undefined) return refuseCall('record.unknown')
    return document === 'erased' ? refuseCall('record.erased') : asItIs(call, document)
  },
}

/** `GET /api/trust` → the trust file of this chain. */
export const readTrust: AdminRoute = {
  method: 'GET',
  path: '/api/trust',
  answer: async (call, parts) => asItIs(call, await parts.receipts.trust()),
}

/** A file whose bytes are compared: sent as it is, never parsed and written again. */
function asItIs({ reply }: AdminCall, { text }: ReceiptText): undefined {
  reply.type('application/json; charset=utf-8').send(text)
  return undefined
}
