/** What an import throws when what it was given cannot be read at all: nothing was imported, and the message says why. */
import type { Bilingual } from '../../finding.ts'

/** `text` is for a person; the message is its English. */
export class ImportStopped extends Error {
  readonly text: Bilingual
  constructor(text: Bilingual) {
    super(text.en)
    this.name = 'ImportStopped'
    this.text = text
  }
}
