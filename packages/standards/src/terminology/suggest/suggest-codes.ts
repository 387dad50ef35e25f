/** From what somebody wrote to codes it may mean: names and abbreviations, other order of the same characters, nearly the same. Only suggested. */
import type { Concept } from '../concept.ts'
import { normalText } from '../normal-text.ts'
import { isProblem, type Problem } from '../problem.ts'
import type { Asked } from '../releases.ts'
import type { Terminology } from '../terminology.ts'

/** One possible code. `confidence` from 0 to 1; `basis` says what it rests on. */
export interface CodeSuggestion {
  readonly system: string
  readonly code: string
  readonly display: string
  readonly confidence: number
  readonly basis: 'code' | 'name' | 'abbreviation' | 'same-characters' | 'similar'
}

const most = 10
const leastSimilar = 0.6

/** Best first, at most ten. Never decides: whoever asks shows them to a person. */
export function suggestCodes(
  terminology: Terminology,
  { system, text }: { readonly system: string; readonly text: string },
  asked: Asked = {},
): readonly CodeSuggestion[] | Problem {
  const found = terminology.search(system, { text, activeOnly: true }, asked)
  if (isProblem(found)) return found
  const concepts = new Map(found.hits.slice(0, 200).map(({ concept }) => [concept.code, concept as Concept]))
  const normal = normalText(text.slice(0, 200))
  for (const piece of pieces(normal)) {
    const more = terminology.search(system, { text: piece, activeOnly: true }, asked)
    if (!isProblem(more))
      for (const { concept } of more.hits.slice(0, 100)) concepts.set(concept.code, concept)
  }
  return [...concepts.values()]
    .flatMap((concept) => {
      const judged = judge(concept, normal)
      return judged === undefined ? [] : [{ system, code: concept.code, display: concept.display, ...judged }]
    })
    .sort((a, b) => b.confidence - a.confidence || a.code.localeCompare(b.code))
    .slice(0, most)
}

/** Neighbouring pairs of characters: enough to meet a name that is written a little differently. */
function pieces(normal: string): string[] {
  const bare = normal.replaceAll(' ', '')
  const pairs = Array.from({ length: Math.max(0, bare.length - 1) }, (_, at) => bare.slice(at, at + 2))
  return [...new Set(pairs)].slice(0, 12)
}

type Judged = Pick<CodeSuggestion, 'confidence' | 'basis'>

function judge(concept: Concept, normal: string): Judged | undefined {
  if (normalText(concept.code) === normal) return { confidence: 0.99, basis: 'code' }
  let best: Judged | undefined
  const better = (one: Judged) => {
    if (one.confidence > (best?.confidence ?? 0)) best = one
  }
  const names = [{ value: concept.display, use: 'preferred' }, ...(concept.designations ?? [])]
  for (const { value, use } of names) {
    const name = normalText(value)
    if (name === normal)
      better(
        use === 'abbreviation'
          ? { confidence: 0.9, basis: 'abbreviation' }
          : { confidence: 0.97, basis: 'name' },
      )
    else if (sorted(name) === sorted(normal)) better({ confidence: 0.88, basis: 'same-characters' })
    else {
      const similar = similarity(name, normal)
      if (similar >= leastSimilar)
        better({ confidence: Number((similar * 0.85).toFixed(2)), basis: 'similar' })
    }
  }
  return best
}

const sorted = (text: string): string => [...text.replaceAll(' ', '')].sort().join('')

/** 1 − edit distance ÷ the longer length. */
function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  if (longest === 0 || longest > 200 || Math.abs(a.length - b.length) > longest * (1 - leastSimilar)) return 0
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return 1 - (row[b.length] as number) / longest
}
