/** `meridian quarantine`: what was refused and why, and another try after the mend. */
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { ask, option } from './ask.ts'

interface Answer {
  readonly groups?: readonly {
    id: string
    count: number
    code: string
    element: string
    source: string
    hint: { zh: string; en: string }
  }[]
  readonly values?: readonly { value: string; count: number; proposal?: string }[]
  readonly mended?: number
  readonly left?: number
  readonly waiting?: number
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
  usage:
    '[groups | mend GROUP [--map OLD=NEW,… | --unit U | --proposed]] [--room ROOM] [--code CODE] [--retry ID]',
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
    {
      name: 'map',
      value: 'OLD=NEW,…',
      text: {
        zh: '对整组用一个对照：原值=新值',
        en: 'one mapping for the whole group: value = what it becomes',
      },
    },
    {
      name: 'unit',
      value: 'U',
      text: { zh: '给整组缺单位的值补上单位', en: 'the unit for all values of the group that came without' },
    },
    { name: 'proposed', text: { zh: '采用所建议的值', en: 'take the values that are proposed' } },
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
        ...groupCall(invocation),
      },
      show,
    ),
}

/** `groups`, and `mend GROUP`; what a mapping says stands in one option, with commas between. */
function groupCall(invocation: Invocation): object {
  const [word, group] = invocation.words
  if (word === undefined) return {}
  if (word === 'groups') return { like: true }
  if (word !== 'mend' || group === undefined)
    throw new UsageError({ zh: '请用 groups 或 mend GROUP。', en: 'Use groups, or mend GROUP.' })
  const map = option(invocation, 'map')
  const proposed = invocation.options.proposed === true
  return {
    group,
    unit: option(invocation, 'unit'),
    proposed,
    ...(map === undefined ? {} : { map: pairs(map) }),
  }
}

function pairs(text: string): Record<string, string> {
  const list = text.split(',').map((pair) => pair.split('='))
  if (!list.every((pair) => pair.length === 2))
    throw new UsageError({ zh: '--map 应为 原值=新值,…', en: '--map is OLD=NEW,…' })
  return Object.fromEntries(list as [string, string][])
}

function showGroups({ groups, values, mended, left, waiting }: Answer): string | undefined {
  if (groups !== undefined)
    return groups.length === 0
      ? 'Nothing waits in the quarantine. 隔离区是空的。'
      : layTable(
          groups.map((g) => [
            g.id,
            String(g.count),
            g.source,
            g.code,
            g.element,
            `${g.hint.zh} ${g.hint.en}`,
          ]),
        )
  if (values !== undefined)
    return layTable(
      values.map((v) => [String(v.count), v.value, v.proposal === undefined ? '' : `→ ${v.proposal}`]),
    )
  if (mended === undefined) return undefined
  return `mended 已改正 ${mended} · left 未涉及 ${left} · still refused 仍被拒 ${waiting}`
}

function show(answer: Answer): string {
  const grouped = showGroups(answer)
  if (grouped !== undefined) return grouped
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
