/** `ZDX-3.2` as the field of an HL7 v2 segment: how a mapping of segments names a column. */

/** A field, and a component of it; both count from 1. */
export interface SegmentField {
  readonly segment: string
  readonly field: number
  readonly component: number
}

const form = /^(Z[A-Z0-9]{2})-(\d{1,3})(?:\.(\d{1,2}))?$/

/** Undefined for another text. */
export function fieldOf(heading: string): SegmentField | undefined {
  const [, segment = '', field = '', component = '1'] = form.exec(heading) ?? []
  const [f, c] = [Number(field), Number(component)]
  return segment === '' || f === 0 || c === 0 ? undefined : { segment, field: f, component: c }
}
