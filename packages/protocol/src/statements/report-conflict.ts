/** `report-conflict` (registry): two versions answer differently for the same input (spec 1 §6.21). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { type VersionName, versionNameField, versionNameValue } from './registry-fields.ts'

/** Body of `report-conflict`. Hashes of what may be about a person are made with a secret. */
export interface ReportConflict {
  /** 16 bytes, random. */
  readonly conflictId: Uint8Array
  readonly first: VersionName
  readonly second: VersionName
  /** Of the input that both were given, 32 bytes. */
  readonly inputHash: Uint8Array
  readonly firstAnswerHash: Uint8Array
  readonly secondAnswerHash: Uint8Array
  /** Of the document that shows it, 32 bytes. */
  readonly evidenceHash: Uint8Array
}

/** Subject `conflict:` and the id in hex. */
export const reportConflict: StatementForm<ReportConflict> = {
  kind: 'report-conflict',
  encode: (body) =>
    bodyMap(
      body.conflictId,
      versionNameValue(body.first),
      versionNameValue(body.second),
      body.inputHash,
      body.firstAnswerHash,
      body.secondAnswerHash,
      body.evidenceHash,
    ),
  decode(value) {
    const fields = readBody('report-conflict', value, 7)
    return bodyOr<ReportConflict>(fields, {
      conflictId: bytesField(fields, 1, 'conflictId', 16),
      first: versionNameField(fields, 2, 'first'),
      second: versionNameField(fields, 3, 'second'),
      inputHash: bytesField(fields, 4, 'inputHash', 32),
      firstAnswerHash: bytesField(fields, 5, 'firstAnswerHash', 32),
      secondAnswerHash: bytesField(fields, 6, 'secondAnswerHash', 32),
      evidenceHash: bytesField(fields, 7, 'evidenceHash', 32),
    })
  },
  subjectOf: (_suite, body) => `conflict:${toHex(body.conflictId)}`,
}
