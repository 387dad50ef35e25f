/** The judgement a version was taken in with: which findings, by which profile. Sealed with the version, so erased with it. */

/** One finding, without words: those come from the catalogue by the code. `path` names an element, never a value. */
export interface KeptFinding {
  readonly code: string
  readonly path: string
  readonly severity: 'warning' | 'information'
}

/**
 * By which profile a version was judged, and what was found besides errors, which would have refused it. The standards set is
 * the one of the version's commitment (`standardsSetHash`). `conversion` are those of the whole delivery, with the places of
 * what was sent; `left` counts findings that were too many to keep.
 */
export interface Judgement {
  readonly profile: string
  readonly findings: readonly KeptFinding[]
  readonly conversion: readonly KeptFinding[]
  readonly left: number
}

/** No more are kept of either kind: a version must not grow without bound because its sender makes one mistake often. */
const MOST_KEPT = 50

/** A finding as whoever judges gives it; an error has refused the record, so none is kept. */
type GivenFinding = Omit<KeptFinding, 'severity'> & { readonly severity: KeptFinding['severity'] | 'error' }

/** A judgement cut to what is kept. */
export function judgementOf(
  profile: string,
  findings: readonly GivenFinding[],
  conversion: readonly GivenFinding[],
): Judgement {
  const kept = { findings: findings.slice(0, MOST_KEPT), conversion: conversion.slice(0, MOST_KEPT) }
  const left = findings.length + conversion.length - kept.findings.length - kept.conversion.length
  return { profile, findings: kept.findings.flatMap(bare), conversion: kept.conversion.flatMap(bare), left }
}

function bare({ code, path, severity }: GivenFinding): KeptFinding[] {
  return severity === 'error' ? [] : [{ code, path, severity }]
}

/** Short text: most versions of a source have no finding at all. */
export function encodeJudgement({ profile, findings, conversion, left }: Judgement): string {
  return JSON.stringify([profile, findings.map(line), conversion.map(line), left])
}

/** Reads {@link encodeJudgement}'s text, which was sealed and therefore is as it was written. */
export function decodeJudgement(text: string): Judgement {
  const [profile, findings, conversion, left] = JSON.parse(text) as [string, Line[], Line[], number]
  return { profile, findings: findings.map(finding), conversion: conversion.map(finding), left }
}

type Line = readonly [code: string, path: string, severity: 0 | 1]

function line({ code, path, severity }: KeptFinding): Line {
  return [code, path, severity === 'warning' ? 1 : 0]
}

function finding([code, path, severity]: Line): KeptFinding {
  return { code, path, severity: severity === 1 ? 'warning' : 'information' }
}
