/** What a call of the admin door gives: the value, or the door's refusal in both languages. */

/** The same text in the two languages of the console. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** A refusal of the door; `status` 0 when the door did not answer at all. */
export interface Refused {
  readonly status: number
  readonly code: string
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly parameter?: string
}

/** One of the two. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refused: Refused }

/** When nothing answers: the node is down or the network is. */
export const unreachable: Refused = {
  status: 0,
  code: 'door.unreachable',
  message: { zh: '连接不上本机构的节点', en: 'This institution’s node does not answer' },
  hint: {
    zh: '已收到的数据不会丢失。请确认节点正在运行,稍后重试',
    en: 'Nothing received is lost. See that the node is running and try again',
  },
}
