/** The table of the sample day: vital signs of a township clinic, headings in Chinese, as its spreadsheet exports them. */
import type { Person } from './people.ts'
import type { Seeded } from './seeded.ts'

/** One row a visit; two rows carry the mistakes that tables have (a unit is missing nowhere, but a value is out of range). */
export function clinicVitals(chance: Seeded, people: readonly Person[]): string {
  const rows = people.map((p, i) => {
    const temperature = i === 3 ? '78.2℃' : i === 7 ? '36.8' : `${chance.decimal(36, 38.9, 1)}℃`
    const pressure = `${95 + chance.whole(60)},${60 + chance.whole(35)}`
    const time = `2026-11-23 ${String(8 + Math.floor(i / 12)).padStart(2, '0')}:${String((i * 5) % 60).padStart(2, '0')}`
    const sex = p.sex === '1' ? '男' : '女'
    return `${p.number},${p.family}${p.given},${sex},${p.birthDate},${p.idNumber},${time},${temperature},${pressure},${58 + chance.whole(50)}`
  })
  return `门诊号,姓名,性别,出生日期,身份证号,测量时间,体温,收缩压,舒张压,脉搏\r\n${rows.join('\r\n')}\r\n`
}
