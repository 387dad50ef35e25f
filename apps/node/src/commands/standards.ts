/** `meridian standards`: the artefact packages of this node: list, show, compare, add, fetch, test, publish. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { ask } from './ask.ts'
import * as show from './show-standards.ts'

const usage =
  '[list | show NAME | diff NAME OTHER | add DIR|FILE | pack DIR | export NAME FILE | fetch HASH | vectors NAME | publish NAME | adopt NAME [DAY] | stop NAME [DAY] | judge RECORD NAME | conflicts | verify]'

export const standards: Command = {
  name: 'standards',
  usage,
  summary: {
    zh: '标准：查看、逐项比较、加入、获取、运行测试向量、发布、查找冲突',
    en: 'standards: browse, compare element by element, add, fetch, run vectors, publish, find conflicts',
  },
  options: [],
  run: (invocation) => {
    const [action = 'list', word, other] = invocation.words
    return actions[action]?.(invocation, word, other) ?? Promise.reject(wrongUsage())
  },
}

type Action = (invocation: Invocation, word?: string, other?: string) => Promise<ExitCode> | undefined

const simple =
  (action: string, shown: (answer: never) => string): Action =>
  (invocation) =>
    ask(invocation, 'standards', { action }, shown)

const named =
  (action: string, shown: (answer: never) => string, exitCode?: (answer: never) => ExitCode): Action =>
  (invocation, name) =>
    name === undefined
      ? undefined
      : ask(invocation, 'standards', { action, name }, shown, exitCode === undefined ? {} : { exitCode })

const onPath =
  (action: string): Action =>
  (invocation, word) =>
    word === undefined
      ? undefined
      : ask(invocation, 'standards', { action, path: resolve(word) }, show.showOne)

const using =
  (action: 'adopt' | 'stop'): Action =>
  (invocation, name, day) =>
    name === undefined
      ? undefined
      : ask(
          invocation,
          'standards',
          { action, name, ...(day === undefined ? {} : { day }) },
          show.showAdopted,
        )

const actions: Readonly<Record<string, Action>> = {
  list: simple('list', show.showList),
  verify: (invocation) =>
    ask(invocation, 'standards', { action: 'verify' }, show.showVerified, {
      exitCode: ({ items }: show.Verified) => (items.length === 0 ? 0 : 1),
    }),
  conflicts: simple('conflicts', show.showConflicts),
  show: named('show', show.showOne),
  vectors: named('vectors', show.showVectors, ({ passed }: show.Vectors) => (passed ? 0 : 1)),
  publish: named('publish', show.showPublished),
  adopt: using('adopt'),
  stop: using('stop'),
  judge: (invocation, record, name) =>
    record === undefined || name === undefined
      ? undefined
      : ask(invocation, 'standards', { action: 'judge', record, name }, show.showJudged),
  add: onPath('add'),
  pack: onPath('pack'),
  diff: (invocation, name, other) =>
    name === undefined || other === undefined
      ? undefined
      : ask(invocation, 'standards', { action: 'diff', name, other }, show.showDifference),
  fetch: (invocation, hash) =>
    hash === undefined || !/^[0-9a-f]{64}$/.test(hash)
      ? undefined
      : ask(invocation, 'standards', { action: 'fetch', hash }, show.showOne),
  export: (invocation, name, file) => {
    if (name === undefined || file === undefined) return undefined
    const keep = ({ file: content }: { file: string }): string => {
      writeFileSync(file, Buffer.from(content, 'base64'))
      return `→ ${file}`
    }
    return ask(invocation, 'standards', { action: 'export', name }, keep, { keep: true })
  },
}

const wrongUsage = () =>
  new UsageError({ zh: `用法：meridian standards ${usage}`, en: `usage: meridian standards ${usage}` })
