/** What the node can be asked to do by its operator: the same function whether it runs in this process or in another. */
import type { Bilingual } from '../command-line/command.ts'
import type { Node } from '../wiring/node.ts'

/** Says how far long work is. */
export type OnProgress = (done: number, total: number) => void

/** One operation. `args` and the answer are plain JSON, because they may cross a socket. */
export interface Operation<Args = Json, Answer = Json> {
  readonly name: string
  run(node: Node, args: Args, onProgress: OnProgress): Promise<Answer>
}

/** Plain JSON: what `JSON.stringify` keeps whole. */
export type Json = unknown

/** Thrown by an operation that says no: exit code 1. `code` is stable; the text names the mend. */
export class OperationRefused extends Error {
  readonly code: string
  readonly text: Bilingual
  constructor(code: string, text: Bilingual) {
    super(text.en)
    this.code = code
    this.text = text
  }
}
