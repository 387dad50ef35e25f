/** The national sex code (GB/T 2261.1) of a person: the code on `gender`, or what `gender` alone says. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import type { CodeTable } from './code-table.ts'
import { extensionOf, textOf } from './json-parts.ts'
import { nationalSystems, sexCodeExtension } from './national-codes.ts'

/** What `gender` says where no national code stands beside it. */
const codeOfGender: Readonly<Record<string, string>> = { male: '1', female: '2', unknown: '0', other: '9' }

/** Codes the strict administrative profile accepts. */
const strictCodes = new Set(['1', '2'])

/** Checks `gender` and the code on it; `strict` narrows the code to 1 and 2. */
export function checkSex(person: JsonObject, table: CodeTable, strict: boolean, walk: Walk): void {
  const gender = textOf(person.gender)
  const written = writtenCode(person)
  if (gender === undefined && written === undefined) {
    report(walk, strict ? 'cn.sex-code-strict' : 'cn.sex-missing', {}, 'gender')
    return
  }
  const code = written ?? codeOfGender[gender ?? '']
  // A gender that is none of FHIR's is found by its required binding.
  if (code === undefined) return
  const entry = table.codes.get(code)
  if (entry === undefined) {
    report(walk, 'cn.sex-code', {}, 'gender')
    return
  }
  if (gender !== undefined && !entry.gender?.includes(gender)) report(walk, 'cn.sex-differs', {}, 'gender')
  if (strict && !strictCodes.has(code)) report(walk, 'cn.sex-code-strict', {}, 'gender')
}

function writtenCode(person: JsonObject): string | undefined {
  const coding = extensionOf(person._gender, sexCodeExtension)?.valueCoding
  return isObject(coding) && coding.system === nationalSystems.sex ? textOf(coding.code) : undefined
}
