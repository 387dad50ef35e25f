/** A small coloured word. The colour repeats what the word says, never replaces it. */
import type { ReactNode } from 'react'
import './tag.css'

/** The meanings colours have in the console. */
export type Tone = 'plain' | 'good' | 'busy' | 'warn' | 'bad' | 'ledger'

/** The tag. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>
}
