/** Writes what a command gives out to the file of `-o`, or has it printed. */
import { writeFileSync } from 'node:fs'
import { type Invocation, OutsideFailure } from '../command-line/command.ts'
import { option } from './ask.ts'

/** The option `-o FILE`. */
export const output = {
  name: 'output',
  short: 'o',
  value: 'FILE',
  text: { zh: '写入文件（缺省打印到屏幕）', en: 'write to a file (else it is printed)' },
} as const

/** Writes `content` to `-o`, or gives it to be printed. @throws OutsideFailure when the disk says no. */
export function keep(
  invocation: Invocation,
  content: string | Uint8Array,
  file = option(invocation, 'output'),
): string {
  if (file === undefined) return typeof content === 'string' ? content : Buffer.from(content).toString('utf8')
  try {
    writeFileSync(file, content, { mode: 0o600 })
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? 'EIO'
    throw new OutsideFailure(
      { zh: `无法写入 ${file}（${code}）。`, en: `${file} cannot be written (${code}).` },
      cause,
    )
  }
  return `→ ${file}`
}
