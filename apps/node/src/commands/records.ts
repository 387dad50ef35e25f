/** `meridian records`: what is kept, newest first. */
import type { Command } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { recordStates } from '../operations/records.ts'
import { ask, option } from './ask.ts'

interface Answer {
  readonly items: readonly { id: string; state: string; source: string; times: { received: string } }[]
  readonly next?: string
}

export const records: Command = {
  name: 'records',
  usage: '[--type TYPE] [--state STATE] [--source NAME [--source-id ID]] [--count N] [--cursor C]',
  summary: { zh: '列出本机构保存的记录', en: 'list the records this institution keeps' },
  options: [
    {
      name: 'type',
      value: 'TYPE',
      text: { zh: '只列某一 FHIR 资源类型', en: 'only this FHIR resource type' },
    },
    {
      name: 'state',
      value: 'STATE',
      text: {
        zh: `只列这一状态的版本：${recordStates.join('、')}`,
        en: `only versions in this state: ${recordStates.join(', ')}`,
      },
    },
    { name: 'source', value: 'NAME', text: { zh: '只列某一来源系统', en: 'only this source' } },
    {
      name: 'source-id',
      value: 'ID',
      text: {
        zh: '该来源（FHIR 文件）自己的编号：类型/编号，或配合 --type 只写编号',
        en: "that source's own id (FHIR files): Type/id, or the id alone with --type",
      },
    },
    { name: 'count', value: 'N', text: { zh: '每页条数（默认 50）', en: 'how many a page (default 50)' } },
    {
      name: 'cursor',
      value: 'C',
      text: { zh: '从上一页给出的标记继续', en: 'go on from the mark of the last page' },
    },
  ],
  run: (invocation) =>
    ask(
      invocation,
      'records',
      {
        type: option(invocation, 'type'),
        state: option(invocation, 'state'),
        source: option(invocation, 'source'),
        sourceId: option(invocation, 'source-id'),
        cursor: option(invocation, 'cursor'),
        count: Number(option(invocation, 'count') ?? 50),
      },
      show,
    ),
}

function show(answer: Answer): string {
  const rows = answer.items.map((item) => [item.id, item.state, item.source, item.times.received])
  const more = answer.next === undefined ? '' : `\n→ --cursor ${answer.next}`
  return layTable([['ID', 'STATE 状态', 'SOURCE 来源', 'RECEIVED 收到'], ...rows]) + more
}
