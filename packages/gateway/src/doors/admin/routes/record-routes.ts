/** Records: the list, one record with its versions, receipts and exports. */
import type { ListRequest, VersionState } from '@meridian/vault'
import { recordsFor } from '../access.ts'
import { refuseCall } from '../admin-errors.ts'
import { type AdminCall, type AdminRoute, type DoorParts, personOf } from '../admin-route.ts'
import { asItIs } from '../as-it-is.ts'
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
import { receivedRow, recordRow, versionDocument } from '../records/version-document.ts'

const pageSize = 50

/**
 * `GET /api/records?type=&state=&source=&cursor=` → heads, newest first; with a state the versions in it; with `received` the
 * deliveries that are no record yet, which have no type.
 */
export const listRecords: AdminRoute = {
  method: 'GET',
  path: '/api/records',
  schema: {
    querystring: anyOfThese({ type: typeForm, state: stateForm, source: sourceForm, cursor: cursorForm }),
  },
  async answer(call, parts) {
    if (call.query.state === 'received') return listReceived(call, parts)
    const page = await parts.vault.records.list(pageRequest(call), recordsFor(personOf(call).role))
    if (page === undefined) return refuseCall('request.invalid', 'cursor')
    const batches = await batchesOf(page.items, parts.vault.outbox)
    const items = page.items.map((item, i) => recordRow(item, batches[i]))
    return { items, ...(page.next === undefined ? {} : { next: page.next }) }
  },
}

/** The parameters of the query that are there, as the vault takes them. */
function pageRequest({ query }: AdminCall): ListRequest {
  const { type, source, state, cursor } = query
  return {
    count: pageSize,
    ...(type === undefined ? {} : { type }),
    ...(source === undefined ? {} : { source }),
    ...(state === undefined ? {} : { state: state as VersionState }),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

async function listReceived(call: AdminCall, { vault }: DoorParts): Promise<object> {
  const { type, ...request } = pageRequest(call)
  if (type !== undefined) return { items: [] }
  const page = await vault.inbox.waiting(request, recordsFor(personOf(call).role))
  if (page === undefined) return refuseCall('request.invalid', 'cursor')
  return { ...page, items: page.items.map(receivedRow) }
}

const recordForm = { type: typeForm, id: idForm }
const versionForm = { ...recordForm, version: numberForm }

/** How many versions one page of a record's history opens. */
const versionsPerPage = 20

/** `GET /api/records/:type/:id?cursor=` → versions newest first, with changes and how each was judged when it was taken in. */
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
    if (shown.length === 0) return refuseCall('record.unknown')
    const versions = await Promise.all(
      shown.map(async (version, i) => {
        const membership = await parts.vault.outbox.batchOf(type, id, version.version)
        return versionDocument(version, {
          before: shown[i + 1],
          membership,
          role,
          explain: parts.corridor.explain,
        })
      }),
    )
    return {
      type,
      id,
      minimised: role === 'researcher',
      versions,
      ...(page.next === undefined ? {} : { next: page.next }),
    }
  },
}

/**
 * `GET /api/records/:type/:id/:version/judgement` → the version judged again by what is in force today: profile, standards set,
 * findings. Nothing of it is kept.
 */
export const judgeRecord: AdminRoute = {
  method: 'GET',
  path: '/api/records/:type/:id/:version/judgement',
  schema: { params: exactly(versionForm) },
  async answer(call, { vault, corridor }) {
    const { type = '', id = '', version } = call.params
    const found = await vault.records.vread(type, id, Number(version), recordsFor(personOf(call).role))
    if (found === undefined) return refuseCall('record.unknown')
    if (found.opened === null) return refuseCall('record.erased')
    if (found.operation === 'delete') return refuseCall('record.deleted')
    return corridor.judge(found.source, found.opened.resource)
  },
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
