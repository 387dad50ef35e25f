/** HL7 v2.5 messages of the sample day and of the benchmarks: ADT, ORU^R01 and VXU^V04 as Chinese hospital systems send them. */
import type { Person } from './people.ts'
import type { Seeded } from './seeded.ts'

export interface MessageHead {
  readonly controlId: string
  /** YYYYMMDDhhmmss, local time of the hospital. */
  readonly time: string
  readonly application: string
  readonly kind: string
}

const segments = (...lines: readonly string[]) => `${lines.join('\r')}\r`

const msh = (h: MessageHead) =>
  `MSH|^~\\&|${h.application}|ZIWU|MERIDIAN|ZIWU|${h.time}||${h.kind}|${h.controlId}|P|2.5|||AL|NE|CHN|UNICODE UTF-8`

/** PID with the hospital number and the resident ID card number. */
export function pid(p: Person): string {
  const ids = `${p.number}^^^ZIWU^MR~${p.idNumber}^^^CN^NI`
  return `PID|1||${ids}||${p.family}^${p.given}||${p.birthDate}|${p.sex}|||北京市朝阳区示范路${p.number.slice(-2)}号^^北京^^100000^CHN||${p.phone}`
}

const pv1 = (p: Person, visitClass: string, visit: string, admitted: string, discharged = '') => {
  const fields = ['PV1', '1', visitClass, '肝胆外科^12^03', '', '', '', `D${p.number.slice(-3)}^韩^素问`]
  const padded = [...fields, ...Array<string>(11).fill(''), visit]
  return [...padded, ...Array<string>(24).fill(''), admitted, discharged].join('|')
}

/** ADT of the given trigger (A01, A03, A04, A08 …) for one visit. */
export function adt(
  h: MessageHead,
  p: Person,
  visit: { id: string; class: string; admitted: string; discharged?: string },
): string {
  return segments(
    msh(h),
    `EVN|${h.kind.split('^')[1]}|${h.time}`,
    pid(p),
    pv1(p, visit.class, visit.id, visit.admitted, visit.discharged),
  )
}

/** ADT^A40: `gone` was the same person as `kept`. */
export function merge(h: MessageHead, kept: Person, gone: Person): string {
  return segments(msh(h), `EVN|A40|${h.time}`, pid(kept), `MRG|${gone.number}^^^ZIWU^MR`)
}

export interface Result {
  readonly code: string
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly range: string
  readonly flag?: string
}

/** ORU^R01 with one OBR and an OBX a result, measured by an analyser that is named in OBX-18. */
export function oru(
  h: MessageHead,
  p: Person,
  order: { id: string; code: string; name: string },
  results: readonly Result[],
): string {
  return segments(
    msh(h),
    pid(p),
    `ORC|RE|P${order.id}|${order.id}||CM`,
    `OBR|1|P${order.id}|${order.id}|${order.code}^${order.name}^L|||${h.time}|||||||||D016^沈^括||||||${h.time}|||F`,
    ...results.map(
      (r, i) =>
        `OBX|${i + 1}|NM|${r.code}^${r.name}^L||${r.value}|${r.unit}|${r.range}|${r.flag ?? ''}|||F|||${h.time}||L007^许^检验||AU5800-01^^ZIWU`,
    ),
  )
}

/** VXU^V04: one dose given, with lot and maker. */
export function vxu(
  h: MessageHead,
  p: Person,
  dose: { id: string; code: string; name: string; lot: string; maker: string },
): string {
  return segments(
    msh(h),
    pid(p),
    `ORC|RE|V${dose.id}|${dose.id}`,
    `RXA|0|1|${h.time}|${h.time}|${dose.code}^${dose.name}^CVX|0.5|mL^^UCUM||00^^NIP001|N031^白^术|||||${dose.lot}||${dose.maker}|||CP|A`,
    'RXR|IM^肌内注射^HL70162|LA^左上臂^HL70163',
  )
}

const liverPanel: readonly [
  code: string,
  name: string,
  unit: string,
  low: number,
  high: number,
  digits: number,
  range: string,
][] = [
  ['ALT', '丙氨酸氨基转移酶', 'U/L', 8, 120, 0, '9-50'],
  ['AST', '天门冬氨酸氨基转移酶', 'U/L', 10, 110, 0, '15-40'],
  ['ALP', '碱性磷酸酶', 'U/L', 40, 180, 0, '45-125'],
  ['GGT', 'γ-谷氨酰转移酶', 'U/L', 8, 140, 0, '10-60'],
  ['TBIL', '总胆红素', 'umol/L', 4, 60, 1, '0-23'],
  ['DBIL', '直接胆红素', 'umol/L', 1, 25, 1, '0-8'],
  ['ALB', '白蛋白', 'g/L', 28, 52, 1, '40-55'],
  ['TP', '总蛋白', 'g/L', 58, 84, 1, '65-85'],
  ['CHE', '胆碱酯酶', 'U/L', 3000, 12000, 0, '5000-12000'],
  ['AFP', '甲胎蛋白', 'ng/mL', 1, 30, 2, '0-7'],
]

/** A liver panel of ten results. */
export function liverResults(chance: Seeded): Result[] {
  return liverPanel.map(([code, name, unit, low, high, digits, range]) => ({
    code,
    name,
    unit,
    range,
    value: chance.decimal(low, high, digits),
  }))
}
