/** What every door says no to before any route is asked: one table of codes, each with status and words in both languages. */
import { type Refusal, refusalText } from '@meridian/protocol'
import type { Bilingual } from '@meridian/standards'
import type { FastifyReply } from 'fastify'

interface Row {
  readonly status: number
  readonly message: Bilingual
  readonly hint: Bilingual
}

const row = (status: number, message: [string, string], hint: [string, string]): Row => ({
  status,
  message: { zh: message[0], en: message[1] },
  hint: { zh: hint[0], en: hint[1] },
})

const rows = {
  'door.too-many-requests': row(
    429,
    ['请求过于频繁', 'There are too many requests'],
    ['请按 Retry-After 头等待后再试', 'Wait as Retry-After says, then go on'],
  ),
  'door.not-allowed': row(
    401,
    ['无权访问此接口', 'Not allowed to ask here'],
    ['请带上有效的令牌，或在本机上访问', 'Bring a valid token, or ask from this machine'],
  ),
  'door.unknown-route': row(404, ['没有这个地址', 'No such address'], ['请检查路径', 'Check the path']),
  'door.too-large': row(
    413,
    ['请求内容过大', 'The request is too large'],
    ['请拆分后再提交', 'Send it in parts'],
  ),
  'door.content-type': row(
    415,
    ['不接受这种内容类型', 'This content type is not taken here'],
    ['请按接口说明设置 Content-Type', 'Set Content-Type as the description of the door says'],
  ),
  'door.malformed-body': row(
    400,
    ['请求内容无法读取', 'The body cannot be read'],
    ['请按所示的行列修正', 'Mend it at the line and column named'],
  ),
  'door.reserved-name': row(
    400,
    ['请求内容使用了保留的成员名 __proto__', 'The body uses the reserved member name __proto__'],
    ['请去掉该成员', 'Leave the member out'],
  ),
  'door.malformed-request': row(
    400,
    ['请求的形式不符合要求', 'The request has the wrong form'],
    ['请检查路径、参数和请求头', 'Check path, parameters and headers'],
  ),
  'door.failed': row(
    500,
    ['节点内部出错', 'The node failed inside'],
    ['请查看节点日志并告知维护人员', 'Look at the node’s log and tell whoever looks after it'],
  ),
} as const satisfies Readonly<Record<string, Row>>

/** A code of the table. */
export type DoorCode = keyof typeof rows

/** What leaves. `cause` is the code of the strict reader, with its words and place; never a piece of the body. */
export interface DoorRefusal {
  readonly code: DoorCode
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly cause?: Bilingual & { readonly code: string }
}

/** The document of a code. */
export function doorRefusal(code: DoorCode, cause?: Refusal): DoorRefusal {
  const { message, hint } = rows[code]
  const why = cause === undefined ? {} : { cause: { code: cause.code, ...refusalText(cause) } }
  return { code, message, hint, ...why }
}

/** Answers with the document and the status of its code. */
export function sendDoorRefusal(reply: FastifyReply, refusal: DoorRefusal): FastifyReply {
  return reply.code(rows[refusal.code].status).header('cache-control', 'no-store').send(refusal)
}

/** Sets `Retry-After`, in whole seconds and never 0 (RFC 9110 §10.2.3). */
export function retryAfter(reply: FastifyReply, waitMs: number): FastifyReply {
  return reply.header('retry-after', String(Math.max(1, Math.ceil(waitMs / 1000))))
}
