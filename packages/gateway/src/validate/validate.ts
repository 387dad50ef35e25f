/** The room `validate`: judges every record of an item by its source's profile. Effects: none. */
import { plainCopy } from '@meridian/protocol'
import type { Finding, ProfileName, Validator } from '@meridian/standards'
import type { Received } from '../connect/received.ts'
import { type RoomRefusal, refuseIn } from '../room-refusal.ts'
import type { Standardised, StandardRecord } from '../standardise/standardised.ts'

declare const validated: unique symbol

/** An item whose every record was judged and found without an error. Only this room makes it; only it can be stored. */
export interface Validated {
  readonly [validated]: true
  readonly received: Received
  readonly records: readonly StandardRecord[]
  /** Warnings and remarks of conversion and validation; they go with the item and stop nothing. */
  readonly findings: readonly Finding[]
  /** Those of the conversion alone, about the whole item, and those of each record, in the order of the records. */
  readonly found: {
    readonly conversion: readonly Finding[]
    readonly records: readonly (readonly Finding[])[]
  }
}

/** Where in what was sent an element of the record at `index` came from; undefined where that cannot be said. */
export type PlaceOf = (index: number, path: string) => string | undefined

/**
 * Stage 3. An item is atomic: one error in one record refuses it whole, with every finding named, by its place in what was
 * sent where `placeOf` knows it.
 */
export function validate(
  input: Standardised,
  validator: Validator,
  placeOf: PlaceOf = () => undefined,
): Validated | RoomRefusal {
  const { profile } = input.received.source
  // The day it arrived, so that the same item is judged alike whenever it is tried again.
  const today = input.received.receivedTime.slice(0, 10)
  const records = judged(input.records, validator, profile, today)
  const findings: Finding[] = [...input.findings, ...records.flat()]
  const errors = findings.filter((finding) => finding.severity === 'error')
  if (errors.length > 0) return refused(input, records, placeOf)
  const found = { conversion: input.findings, records }
  return { received: input.received, records: input.records, findings, found } as unknown as Validated
}

/** The findings of each record; they are judged together, because rules look from one at another. What is deleted has none. */
function judged(
  records: readonly StandardRecord[],
  validator: Validator,
  profile: ProfileName,
  today: string,
): readonly (readonly Finding[])[] {
  const kept = records.filter(({ operation }) => operation !== 'delete')
  const given = kept.map(({ text }) => ({ resource: plainCopy(text), text }))
  const findings = new Map(
    validator.checkRecords(given, profile, { today }).map((own, i) => [kept[i], own] as const),
  )
  return records.map((record) => findings.get(record) ?? [])
}

function refused(
  { findings: conversion }: Standardised,
  records: readonly (readonly Finding[])[],
  placeOf: PlaceOf,
): RoomRefusal {
  const placed = records.flatMap((own, index) =>
    own.map((finding) => ({ finding, place: placeOf(index, finding.path) })),
  )
  const all = [...conversion.map((finding) => ({ finding, place: undefined })), ...placed]
  const errors = all.filter(({ finding }) => finding.severity === 'error')
  const [first] = errors
  return refuseIn('validate', first?.finding.code ?? '', {
    ...(first === undefined ? {} : { place: first.place ?? first.finding.path }),
    detail: { errors: errors.length },
    // The element stays beside the place: both lead to what is to be mended.
    findings: all.map(({ finding, place }) =>
      place === undefined ? finding : { ...finding, path: `${place} (${finding.path})` },
    ),
  })
}
