/** Texts as they are compared: width, case, Roman numerals and punctuation evened out; and the pieces that are indexed. */
import { initialsOf } from './pinyin-initials.ts'

/** Chinese characters, in the ranges that medical texts use. */
export const hanPattern = /[\u3400-\u9fff\uf900-\ufaff]/

const notSaid = /[^\p{L}\p{N}\p{M}]+/gu
const longestWord = 24

/** NFKC (so that Ⅱ is ii and Ａ is a), lower case, everything else than letters and digits one space. */
export function normalText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(notSaid, ' ').trim()
}

/** The runs of a normal text: Chinese ones, and words of letters and digits, in order. */
export function runsOf(normal: string): string[] {
  return normal.match(/[\u3400-\u9fff\uf900-\ufaff]+|[^\s\u3400-\u9fff\uf900-\ufaff]+/gu) ?? []
}

/**
 * What a text is indexed under: `c` and one or two neighbouring Chinese characters, `w` and a word, `p` and two or three
 * neighbouring pinyin initials.
 */
export function tokensOf(normal: string): Set<string> {
  const tokens = new Set<string>()
  let hasHan = false
  for (const run of runsOf(normal)) {
    if (!hanPattern.test(run)) {
      tokens.add(`w${run.slice(0, longestWord)}`)
      continue
    }
    hasHan = true
    for (let at = 0; at < run.length; at++) {
      tokens.add(`c${run[at]}`)
      if (at + 1 < run.length) tokens.add(`c${run.slice(at, at + 2)}`)
    }
  }
  if (hasHan) addInitials(tokens, initialsOf(normal))
  return tokens
}

function addInitials(tokens: Set<string>, initials: string): void {
  for (let at = 0; at + 2 <= initials.length; at++) {
    tokens.add(`p${initials.slice(at, at + 2)}`)
    if (at + 3 <= initials.length) tokens.add(`p${initials.slice(at, at + 3)}`)
  }
}

/** The tokens that a Chinese run of a question must all have. */
export function hanTokens(run: string): string[] {
  if (run.length === 1) return [`c${run}`]
  return Array.from({ length: run.length - 1 }, (_, at) => `c${run.slice(at, at + 2)}`)
}

/** The tokens that a text must all have for its initials to contain these. */
export function initialTokens(initials: string): string[] {
  if (initials.length < 3) return [`p${initials}`]
  return Array.from({ length: initials.length - 2 }, (_, at) => `p${initials.slice(at, at + 3)}`)
}
