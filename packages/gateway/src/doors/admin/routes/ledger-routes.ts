/** The ledger: where it stands, its blocks, one block with its statements decoded. */
import { refuseCall } from '../admin-errors.ts'
import type { AdminRoute } from '../admin-route.ts'
import { blockDocument, blockRow } from '../ledger/block-document.ts'
import { anyOfThese, exactly, numberForm } from '../parameter-forms.ts'

/** `GET /api/ledger/status` → chain, height, block time, app hash, log size. */
export const readLedgerStatus: AdminRoute = {
  method: 'GET',
  path: '/api/ledger/status',
  answer: (_call, parts) => parts.ledger.status(),
}

const pageSize = 30

/** `GET /api/ledger/blocks?cursor=` → newest first; the cursor is the height to go on from. */
export const listBlocks: AdminRoute = {
  method: 'GET',
  path: '/api/ledger/blocks',
  schema: { querystring: anyOfThese({ cursor: numberForm }) },
  async answer({ query }, { ledger }) {
    const { height } = await ledger.status()
    const from = Math.min(height, query.cursor === undefined ? height : Number(query.cursor))
    const heights = Array.from({ length: Math.min(pageSize, from) }, (_, i) => from - i)
    const blocks = await Promise.all(heights.map((h) => ledger.block(h)))
    const next = from - heights.length
    return {
      items: blocks.flatMap((block) => (block === undefined ? [] : [blockRow(block)])),
      ...(next < 1 ? {} : { next: String(next) }),
    }
  },
}

/** `GET /api/ledger/blocks/:height` → the block in full. */
export const readBlock: AdminRoute = {
  method: 'GET',
  path: '/api/ledger/blocks/:height',
  schema: { params: exactly({ height: numberForm }) },
  async answer({ params }, { ledger }) {
    const block = await ledger.block(Number(params.height))
    return block === undefined ? refuseCall('block.unknown') : blockDocument(block)
  },
}
