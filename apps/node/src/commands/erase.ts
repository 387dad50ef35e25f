/** `meridian erase`: two people, every copy, a tombstone. */
import { type Command, UsageError } from '../command-line/command.ts'
import { ask, option } from './ask.ts'

export const erase: Command = {
  name: 'erase',
  usage: '[Type/id | --patient ID | --delivery ID] --reason WORDS --by NAME · --confirm REQUEST --by NAME',
  summary: {
    zh: '申请删除（一人申请，另一人确认），清除所有副本',
    en: 'ask for an erasure (one asks, another confirms) that reaches every copy',
  },
  options: [
    { name: 'patient', value: 'ID', text: { zh: '某患者的全部内容', en: 'everything of this patient' } },
    { name: 'delivery', value: 'ID', text: { zh: '收件箱中的一件', en: 'one delivery of the inbox' } },
    { name: 'reason', value: 'WORDS', text: { zh: '理由（不写个人信息）', en: 'why (nothing personal)' } },
    {
      name: 'confirm',
      value: 'REQUEST',
      text: { zh: '确认他人的申请', en: 'confirm the request of another' },
    },
    { name: 'withdraw', value: 'REQUEST', text: { zh: '撤回申请', en: 'withdraw a request' } },
    { name: 'by', value: 'NAME', text: { zh: '您的用户名', en: 'your user name' } },
  ],
  async run(invocation) {
    const by = option(invocation, 'by')
    const target = targetOf(
      invocation.words[0],
      option(invocation, 'patient'),
      option(invocation, 'delivery'),
    )
    const acts =
      target !== undefined ||
      option(invocation, 'confirm') !== undefined ||
      option(invocation, 'withdraw') !== undefined
    if (acts && by === undefined)
      throw new UsageError({ zh: '请用 --by 写明您的用户名。', en: 'Say who you are with --by.' })
    const args = {
      target,
      by,
      reason: option(invocation, 'reason'),
      confirm: option(invocation, 'confirm'),
      withdraw: option(invocation, 'withdraw'),
    }
    return ask(invocation, 'erase', args, (answer) => JSON.stringify(answer, null, 2))
  },
}

function targetOf(record: string | undefined, patientId: string | undefined, deliveryId: string | undefined) {
  if (patientId !== undefined) return { kind: 'patient', patientId } as const
  if (deliveryId !== undefined) return { kind: 'delivery', deliveryId } as const
  const [type, id] = record?.split('/') ?? []
  if (type === undefined) return undefined
  if (id === undefined)
    throw new UsageError({ zh: '记录应写作 类型/编号。', en: 'Write a record as Type/id.' })
  return { kind: 'record', type, id } as const
}
