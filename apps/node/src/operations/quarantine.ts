/** `quarantine`: what was refused, grouped by reason or one by one, and another try for it. */
import { explain } from '@meridian/gateway'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/** Without arguments the groups; with `room` and `code` the items of a group; with `retry` another try. */
export interface QuarantineArgs {
  readonly room?: string
  readonly code?: string
  readonly cursor?: string
  readonly retry?: string
}

export const quarantine: Operation<QuarantineArgs, Json> = {
  name: 'quarantine',
  async run(node, args) {
    if (args.retry !== undefined) return retry(node, args.retry)
    if (args.room === undefined && args.code === undefined) return groups(node)
    return items(node, args)
  },
}

type Node = Parameters<typeof quarantine.run>[0]

async function groups(node: Node): Promise<Json> {
  const all = await node.vault.quarantine.groups()
  return {
    items: all.map((g) => ({
      room: g.room,
      code: g.code,
      count: g.count,
      newest: g.newestTime,
      ...explain(g.code),
    })),
  }
}

async function items(node: Node, args: QuarantineArgs): Promise<Json> {
  const { room, code, cursor } = args
  const page = await node.vault.quarantine.list({
    count: 50,
    ...(room === undefined ? {} : { room }),
    ...(code === undefined ? {} : { code }),
    ...(cursor === undefined ? {} : { cursor }),
  })
  return {
    items: (page?.items ?? []).map((item) => ({
      id: item.deliveryId,
      room: item.room,
      code: item.code,
      place: item.place,
      source: item.source,
      form: item.form,
      position: item.position,
      refused: item.refusedTime,
      attempts: item.attempts,
      ...explain(item.code),
    })),
    ...(page?.next === undefined ? {} : { next: page.next }),
  }
}

async function retry(node: Node, deliveryId: string): Promise<Json> {
  const taken = await node.vault.quarantine.retry(deliveryId, 'operator')
  if (!taken) {
    throw new OperationRefused('quarantine-unknown', {
      zh: `隔离区里没有等待处理的 ${deliveryId}。`,
      en: `Nothing called ${deliveryId} waits in the quarantine.`,
    })
  }
  await node.corridor.resume()
  const item = await node.vault.quarantine.get(deliveryId)
  return {
    id: deliveryId,
    state: item?.state ?? 'resolved',
    ...(item?.state === 'open' ? { code: item.code } : {}),
  }
}
