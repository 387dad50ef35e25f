/** Tells the operator once, in both languages, that the outside fails, and once that it is back; not at every try. */
import type { VaultFailureCode } from '@meridian/vault'
import type { Bilingual } from '../command-line/command.ts'
import { vaultTexts } from '../command-line/outside-failure.ts'

/** What is failing for one room of the node. */
export interface OutageLog {
  /** `code` is of a failure, or of a refusal of the ledger. */
  failed(code: string): void
  back(): void
}

const otherText: Bilingual = {
  zh: '暂时无法继续，会自动重试；请查看 meridian status。',
  en: 'It cannot go on and tries again by itself. See meridian status.',
}

/** `room` begins every line. Lines hold codes only, never what was being kept. */
export function createOutageLog(room: string, log: (text: string) => void): OutageLog {
  let failing: string | undefined
  return {
    failed(code) {
      if (code === failing) return
      failing = code
      const { en, zh } = vaultTexts[code as VaultFailureCode] ?? otherText
      log(`${room} ${code}: ${en} ${zh}`)
    },
    back() {
      if (failing !== undefined) log(`${room} back: it goes on. 已恢复，继续工作。`)
      failing = undefined
    },
  }
}
