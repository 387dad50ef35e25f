/** `meridian quarantine`: what was refused and why, and another try after the mend. */
import type { Command } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { ask, option } from './ask.ts'

interface Answer {
  readonly items?: readonly {
    id?: string
    room: string
    code: string
    count?: number
    place?: string | null
    hint: { zh: string; en: string }
  }[]
  readonly id?: string
  readonly state?: string
}

export const quarantine: Command = {
  name: 'quarantine',
  usage: '[--room ROOM] [--code CODE] [--retry ID]',
  summary: {
    zh: '查看被拒收的内容及改正办法，改正后重试',
    en: 'see what was refused and how to mend it; try again',
  },
  options: [
    { name: 'room', value: 'ROOM', text: { zh: '只看某一环节', en: 'only what this room refused' } },
    { name: 'code', value: 'CODE', text: { zh: '只看某一原因', en: 'only this reason' } },
    {
      name: 'cursor',
      value: 'C',
      text: { zh: '从上一页给出的标记继续', en: 'go on from the mark of the last page' },
    },
    { name: 'retry', value: 'ID', text: { zh: '改正后重新处理', en: 'take it through the rooms again' } },
  ],
  run: (invocation) =>
    ask(
      invocation,
      'quarantine',
      {
        room: option(invocation, 'room'),
        code: option(invocation, 'code'),
        cursor: option(invocation, 'cursor'),
        retry: option(invocation, 'retry'),
      },
      show,
    ),
}

function show(answer: Answer): string {
  if (answer.items === undefined) return `${answer.id ?? ''} ${answer.state ?? ''}`
  if (answer.items.length === 0) return 'Nothing waits in the quarantine. 隔离区是空的。'
  return layTable(
    answer.items.map((i) => [
      i.id ?? String(i.count ?? ''),
      i.room,
      i.code,
      i.place ?? '',
      `${i.hint.zh} ${i.hint.en}`,
    ]),
  )
}
