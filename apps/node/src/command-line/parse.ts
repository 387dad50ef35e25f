/** Splits the words of the shell into a command, its options and the rest. */
import { parseArgs } from 'node:util'
import { type Command, type Option, UsageError } from './command.ts'

/** Options every command takes. */
export const commonOptions: readonly Option[] = [
  {
    name: 'home',
    value: 'DIR',
    text: { zh: '数据目录（默认 .meridian）', en: 'where this node keeps everything (default .meridian)' },
  },
  { name: 'json', text: { zh: '以一个 JSON 文档回答', en: 'answer with one JSON document' } },
  { name: 'help', short: 'h', text: { zh: '显示用法', en: 'show how to call it' } },
]

export interface ParsedCall {
  readonly words: readonly string[]
  readonly options: Record<string, string | boolean | undefined>
}

/** @throws UsageError naming the unknown or incomplete option. */
export function parseCall(command: Command, args: readonly string[]): ParsedCall {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {}
  for (const option of [...commonOptions, ...command.options]) {
    options[option.name] = {
      type: option.value === undefined ? 'boolean' : 'string',
      ...(option.short === undefined ? {} : { short: option.short }),
    }
  }
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { words: parsed.positionals, options: { ...parsed.values } as ParsedCall['options'] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError({ zh: `无法理解这条命令：${reason}`, en: reason })
  }
}
