/** Made-up people for the sample day: Chinese names, valid check digits, nobody real. */
import type { Seeded } from './seeded.ts'

export interface Person {
  /** The hospital's own number, PID-3. */
  readonly number: string
  readonly family: string
  readonly given: string
  /** GB/T 2261.1: 1 male, 2 female. */
  readonly sex: '1' | '2'
  /** YYYYMMDD. */
  readonly birthDate: string
  /** GB 11643, 18 characters. */
  readonly idNumber: string
  readonly phone: string
}

const families = [...'王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗']
const givens = [
  '子安',
  '清扬',
  '若水',
  '明远',
  '雨桐',
  '思齐',
  '嘉禾',
  '静姝',
  '怀瑾',
  '知行',
  '晚晴',
  '长风',
  '宁',
  '澄',
  '颖',
  '拓',
]
const regions = ['110105', '310106', '330203', '440524', '610103']
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const two = (n: number) => String(n).padStart(2, '0')

/** The 18th character of a GB 11643 number from its first 17. */
export function checkCharacter(first17: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0)
  return '10X98765432'[sum % 11] as string
}

/** `count` people, numbered from `M000001`. */
export function people(chance: Seeded, count: number): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const sex = chance.pick(['1', '2'] as const)
    const birthDate = `${1935 + chance.whole(88)}${two(1 + chance.whole(12))}${two(1 + chance.whole(28))}`
    const sequence = chance.whole(400) * 2 + 100 + (sex === '1' ? 1 : 0)
    const first17 = `${chance.pick(regions)}${birthDate}${sequence}`
    return {
      number: `M${String(i + 1).padStart(6, '0')}`,
      family: chance.pick(families),
      given: chance.pick(givens),
      sex,
      birthDate,
      idNumber: first17 + checkCharacter(first17),
      // 199 0000 xxxx is a block nobody is given: a made-up number must not ring anywhere.
      phone: `1990000${String(chance.whole(10_000)).padStart(4, '0')}`,
    }
  })
}
