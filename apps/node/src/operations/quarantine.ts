/** `quarantine`: what was refused, grouped by reason or one by one, and another try for it. */
import {
  explain,
  groupLikeErrors,
  likeErrorsOf,
  markedText,
  mendGroup,
  valuesFound,
  wordsOf,
} from '@meridian/gateway'
import { type Json, type Operation, OperationRefused } from './operation.ts'

/**
 * Without arguments the reasons; with `room` and `code` the items of one; with `retry` another try; with `like` the groups by
 * code, element and source; with `group` its values, or, when `map`, `unit` or `proposed` says how, the mend of all of it.
 */
export interface QuarantineArgs {
  readonly room?: string
  readonly code?: string
  readonly cursor?: string
  readonly retry?: string
  readonly like?: boolean
  readonly group?: string
  readonly map?: Readonly<Record<string, string>>
  readonly unit?: string
  readonly proposed?: boolean
}

export const quarantine: Operation<QuarantineArgs, Json> = {
  name: 'quarantine',
  async run(node, args) {
    if (args.retry !== undefined) return retry(node, args.retry)
    if (args.like === true) return likeErrors(node)
    if (args.group !== undefined) return oneGroup(node, args.group, args)
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

async function likeErrors({ vault }: Node): Promise<Json> {
  const all = await groupLikeErrors(vault.quarantine)
  return {
    groups: all.map((group) => {
      const { id, room, code, source, element, count, newestTime: newest } = group
      return { id, room, code, source, element, count, newest, ...wordsOf(group, explain) }
    }),
  }
}

async function oneGroup(node: Node, id: string, { map, unit, proposed }: QuarantineArgs): Promise<Json> {
  const { vault, corridor } = node
  const group = await likeErrorsOf(vault.quarantine, id)
  if (group === undefined) throw unknown(id)
  const texts = []
  for (const item of group.items) {
    const delivery = await vault.inbox.get(item.deliveryId)
    const marked = delivery === undefined ? undefined : markedText(item, delivery)
    if (marked !== undefined) texts.push(marked)
  }
  const values = valuesFound(texts, group.code)
  if (map === undefined && unit === undefined && proposed !== true) return { group: id, values }
  const proposals = values.flatMap(({ value, proposal }) =>
    proposal === undefined ? [] : [[value, proposal]],
  )
  const whole = { ...(proposed === true ? Object.fromEntries(proposals) : {}), ...map }
  const mend = { map: whole, ...(unit === undefined ? {} : { unit }) }
  const { mended, left } = await mendGroup(group, mend, 'operator', vault)
  await corridor.resume()
  const still = (await likeErrorsOf(vault.quarantine, id))?.count ?? 0
  return { group: id, mended, left, waiting: still }
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
    throw unknown(deliveryId)
  }
  await node.corridor.resume()
  const item = await node.vault.quarantine.get(deliveryId)
  return {
    id: deliveryId,
    state: item?.state ?? 'resolved',
    ...(item?.state === 'open' ? { code: item.code } : {}),
  }
}

function unknown(id: string): OperationRefused {
  return new OperationRefused('quarantine-unknown', {
    zh: `隔离区里没有等待处理的 ${id}。`,
    en: `Nothing called ${id} waits in the quarantine.`,
  })
}
