/** The HL7 v2 files of the sample day: admissions, laboratory, vaccination, and the mistakes that real life brings. */
import { adt, liverResults, type MessageHead, merge, oru, vxu } from './hl7-messages.ts'
import type { Person } from './people.ts'
import type { Seeded } from './seeded.ts'

const day = '20261123'
const at = (minute: number) =>
  `${day}${String(7 + Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}00`

const head = (application: string, kind: string, number: number, minute: number): MessageHead => ({
  controlId: `${application}-${day}-${String(number).padStart(5, '0')}`,
  time: at(minute),
  application,
  kind,
})

const batch = (name: string, messages: readonly string[]) =>
  [
    `FHS|^~\\&|${name}|ZIWU|MERIDIAN|ZIWU|${at(700)}||${name}.hl7`,
    `BHS|^~\\&|${name}|ZIWU|MERIDIAN|ZIWU|${at(700)}`,
    ...messages.map((m) => m.trimEnd()),
    `BTS|${messages.length}`,
    'FTS|1',
    '',
  ].join('\r')

/** Admissions, transfers, discharges and one pair of numbers that turn out to be one person. */
export function admissions(people: readonly Person[]): string {
  const messages: string[] = []
  for (const [i, p] of people.entries()) {
    const visit = { id: `V${p.number.slice(1)}`, class: i % 3 === 0 ? 'I' : 'O', admitted: at(i) }
    messages.push(adt(head('HIS', i % 3 === 0 ? 'ADT^A01' : 'ADT^A04', i, i), p, visit))
    if (i % 5 === 0)
      messages.push(
        adt(head('HIS', 'ADT^A08', 10_000 + i, i + 5), { ...p, phone: `${p.phone.slice(0, -1)}9` }, visit),
      )
    if (i % 6 === 0) {
      messages.push(
        adt(head('HIS', 'ADT^A03', 20_000 + i, i + 300), p, { ...visit, discharged: at(i + 300) }),
      )
    }
  }
  const [kept, gone] = people
  if (kept && gone)
    messages.push(merge(head('HIS', 'ADT^A40', 30_000, 420), kept, { ...gone, number: 'M900001' }))
  return batch('HIS', messages)
}

/** A liver panel for every second patient. */
export function laboratory(chance: Seeded, people: readonly Person[]): string {
  const messages = people.flatMap((p, i) => {
    if (i % 2 === 1) return []
    const order = { id: `L${p.number.slice(1)}`, code: 'LIVER', name: '肝功能十项' }
    return [oru(head('LIS', 'ORU^R01', i, 60 + i), p, order, liverResults(chance))]
  })
  return batch('LIS', messages)
}

/** Influenza and hepatitis B doses. */
export function vaccinations(chance: Seeded, people: readonly Person[]): string {
  const messages = people.flatMap((p, i) => {
    if (i % 4 !== 0) return []
    const [code, name] = chance.pick([
      ['88', '流感疫苗'],
      ['45', '乙型肝炎疫苗'],
    ] as const)
    const dose = { id: p.number.slice(1), code, name, lot: `2026${String(100 + i)}`, maker: 'MZ^子午生物^L' }
    return [vxu(head('VAX', 'VXU^V04', i, 120 + i), p, dose)]
  })
  return messages.join('')
}

const temperature = (value: string, unit: string) => [
  { code: '8310-5', name: '体温', value, unit, range: '' },
]

/** What goes wrong on an ordinary day; each message is refused or warned about for a reason of its own. */
export function mistakes(chance: Seeded, people: readonly Person[]): string {
  const [a, b, c, d, e] = people
  if (!a || !b || !c || !d || !e) return ''
  const order = (id: string) => ({ id, code: 'VITAL', name: '生命体征' })
  const wrongCheck = `${d.idNumber.slice(0, 17)}${d.idNumber.endsWith('1') ? '2' : '1'}`
  return [
    oru(head('LIS', 'ORU^R01', 90_001, 500), a, order('T90001'), temperature('36.5', '')),
    oru(head('LIS', 'ORU^R01', 90_002, 501), b, order('T90002'), temperature('36.5℃', '')),
    oru(head('LIS', 'ORU^R01', 90_003, 502), b, order('T90003'), temperature('97.7', '°F')),
    oru(head('LIS', 'ORU^R01', 90_004, 503), c, order('T90004'), temperature('59.1', '℃')),
    adt(
      head('HIS', 'ADT^A04', 90_005, 504),
      { ...e, number: 'M800001', sex: '3' as never },
      { id: 'V800001', class: 'O', admitted: at(504) },
    ),
    adt(
      head('HIS', 'ADT^A04', 90_006, 505),
      { ...d, number: 'M800002', idNumber: wrongCheck },
      { id: 'V800002', class: 'O', admitted: at(505) },
    ),
    adt(head('HIS', 'ORM^O01', 90_007, 506), a, { id: 'V800003', class: 'O', admitted: at(506) }),
    // Sent twice: the second is a duplicate. Then the same control id with another content: refused.
    oru(head('LIS', 'ORU^R01', 90_008, 507), c, order('L90008'), liverResults(chance).slice(0, 2)),
  ].join('')
}
