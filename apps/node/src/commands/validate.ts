/** `meridian validate`: judges FHIR files by a profile, without a node and without keeping anything. */
import { openSync, readSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { isRefusal, plainCopy, readCanonicalText } from '@meridian/protocol'
import {
  checkText,
  createRuleCheck,
  createValidator,
  type Finding,
  fileLimits,
  hasErrors,
  type Rule,
  type RuleCheck,
  rulesOf,
} from '@meridian/standards'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { option } from './ask.ts'
import { isProfile, profiles } from './profile-names.ts'
import { readNamed } from './read-file.ts'

/** What is said of one file. */
interface Item {
  readonly file: string
  readonly valid: boolean
  readonly findings: readonly Finding[]
}

export const validate: Command = {
  name: 'validate',
  usage: 'FILE… [--profile P] [--rules FILE] [--today DAY]',
  summary: {
    zh: '按规范检查 FHIR 文件（JSON、Bundle、NDJSON），逐条给出改正办法；不保存任何内容',
    en: 'check FHIR files (JSON, Bundle, NDJSON) and say how to mend each finding; nothing is kept',
  },
  options: [
    { name: 'profile', value: 'P', text: { zh: `规范：${profiles}`, en: `one of ${profiles}` } },
    {
      name: 'rules',
      value: 'FILE',
      text: {
        zh: '另外按这个规则集检查（meridian elements template 可生成）',
        en: 'rules of your own beside the profile (meridian elements template writes some)',
      },
    },
    {
      name: 'today',
      value: 'DAY',
      text: { zh: '视为今天的日期（YYYY-MM-DD）', en: 'the day that counts as today (YYYY-MM-DD)' },
    },
  ],
  async run(invocation) {
    if (invocation.words.length === 0) throw new UsageError({ zh: '请给出文件。', en: 'Name files.' })
    const items = checkFiles(invocation)
    invocation.out(invocation.json ? JSON.stringify({ items }) : items.map(show).join('\n'))
    return (items.every(({ valid }) => valid) ? 0 : 1) as ExitCode
  },
}

function checkFiles(invocation: Invocation): Item[] {
  const profile = option(invocation, 'profile') ?? 'r4'
  if (!isProfile(profile))
    throw new UsageError({
      zh: `没有这个规范。可用：${profiles}`,
      en: `No such profile. Use one of ${profiles}.`,
    })
  const validator = createValidator()
  const rules = rulesIn(invocation)
  const today = option(invocation, 'today') ?? new Date().toISOString().slice(0, 10)
  return invocation.words.map((file) => {
    const form = ['.ndjson', '.jsonl'].includes(extname(file)) ? 'ndjson' : 'json'
    const findings = checkText(validator, bytesOf(file), { form, profile, today, ...rules })
    return { file, valid: !hasErrors(findings), findings }
  })
}

function rulesIn(invocation: Invocation): { rules?: RuleCheck } {
  const file = option(invocation, 'rules')
  if (file === undefined) return {}
  const text = readCanonicalText(readNamed(file))
  const rules = isRefusal(text) ? [] : rulesOf(plainCopy(text))
  const wrong = isRefusal(text) || rules.some((rule) => !('form' in rule))
  if (!wrong) return { rules: createRuleCheck(rules as readonly Rule[]) }
  const places = rules.flatMap((one) => ('path' in one ? [one.path] : [])).join(', ')
  throw new UsageError({
    zh: `${file} 不是规则集。${places}`,
    en: `${file} is no rule set. ${places}`,
  })
}

/** No more than one byte above the limit is read, which is enough to be refused. */
function bytesOf(file: string): Uint8Array {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size <= fileLimits.bytes) return readNamed(file)
  const bytes = new Uint8Array(fileLimits.bytes + 1)
  readSync(openSync(file, 'r'), bytes)
  return bytes
}

function show({ file, valid, findings }: Item): string {
  const lines = findings.flatMap((f) => [
    `  ${f.severity} · ${f.path} · ${f.code}`,
    `      ${f.message.zh} ${f.hint.zh}`,
    `      ${f.message.en} ${f.hint.en}`,
  ])
  return [`${valid ? '✔' : '✘'} ${basename(file)}`, ...lines].join('\n')
}
