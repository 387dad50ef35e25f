/** The commands of a guide: its fenced blocks, each with what its mark says of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How a block is tried: at once, as a process that goes on, with the founding of four cards, or not at all. */
export type Mark = 'run' | 'run background' | 'run founding' | 'not tried'

/** One block. */
export interface Block {
  readonly guide: string
  /** Of its first command in the guide. */
  readonly line: number
  readonly mark: Mark
  readonly text: string
}

const folder = join(import.meta.dirname, '../../../../docs/guides')

const marks: ReadonlySet<string> = new Set(['run', 'run background', 'run founding', 'not tried'])

/** All blocks in their order. @throws when a block of commands has no mark, or is not closed. */
export function blocksOf(guide: string): readonly Block[] {
  const lines = readFileSync(join(folder, guide), 'utf8').split('\n')
  const blocks: Block[] = []
  for (let i = 0; i < lines.length; i += 1) {
    const found = /^(\s*)```sh ?(.*)$/.exec(lines[i] ?? '')
    if (found === null) continue
    const [, indent = '', mark = ''] = found
    if (!marks.has(mark)) throw new Error(`${guide}:${i + 1} has commands without a mark`)
    const end = lines.findIndex((line, at) => at > i && line === `${indent}\`\`\``)
    if (end < 0) throw new Error(`${guide}:${i + 1} is not closed`)
    const text = lines.slice(i + 1, end).map((line) => line.slice(indent.length))
    blocks.push({ guide, line: i + 2, mark: mark as Mark, text: text.join('\n') })
    i = end
  }
  return blocks
}
