/** `meridian help`: made from the same table that runs the commands. */
import type { Command, Option } from './command.ts'
import { commonOptions } from './parse.ts'

const optionWords = (o: Option) =>
  `${o.short ? `-${o.short}, ` : ''}--${o.name}${o.value ? ` ${o.value}` : ''}`

const optionLines = (options: readonly Option[]) =>
  options.map((o) => `  ${optionWords(o).padEnd(24)} ${o.text.en} · ${o.text.zh}`)

/** All commands, a line each. */
export function helpOverview(commands: readonly Command[]): string {
  return [
    'meridian — the trust layer for medical data · 医疗数据的信任层',
    '',
    'usage: meridian COMMAND [options]',
    '',
    ...commands.map((c) => `  ${c.name.padEnd(12)} ${c.summary.en}\n${' '.repeat(15)}${c.summary.zh}`),
    '',
    ...optionLines(commonOptions),
    '',
    'exit codes: 0 done · 1 refused or not verified · 2 wrong usage · 3 the outside failed',
  ].join('\n')
}

/** One command, whole. */
export function helpFor(command: Command): string {
  return [
    `usage: meridian ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.summary.en,
    command.summary.zh,
    '',
    ...optionLines([...command.options, ...commonOptions]),
  ].join('\n')
}
