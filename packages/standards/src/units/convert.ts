/** Converts decimal text between UCUM units, exactly where the factor is a decimal or a simple fraction. */
import {
  add,
  type Decimal,
  divide,
  multiply,
  readDecimal,
  round,
  trim,
  writeDecimal,
} from './exact-decimal.ts'
import { conversionFactor } from './ucum.ts'

/** x in the unit = (x + offset) × numerator ÷ denominator in kelvin-sized degrees above 0 Cel. */
interface Scale {
  readonly offset: string
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Temperature scales (UCUM §22 special units), relative to Cel. */
const temperatures: Readonly<Record<string, Scale>> = {
  Cel: { offset: '0', numerator: 1n, denominator: 1n },
  K: { offset: '-273.15', numerator: 1n, denominator: 1n },
  '[degF]': { offset: '-32', numerator: 5n, denominator: 9n },
}

/** How many decimals more than the value had are kept of a result that does not end. */
const moreDecimals = 2

/** The value in the other unit, as a JSON number's text; undefined when the units do not measure the same. */
export function convertDecimal(text: string, from: string, to: string): string | undefined {
  const value = readDecimal(text)
  if (value === undefined) return undefined
  if (from === to) return text
  const source = temperatures[from]
  const target = temperatures[to]
  if (source !== undefined && target !== undefined)
    return writeDecimal(convertTemperature(value, source, target))
  const factor = conversionFactor(from, to)
  return factor === undefined ? undefined : writeDecimal(scaleBy(value, factor))
}

function convertTemperature(value: Decimal, from: Scale, to: Scale): Decimal {
  const above = add(value, decimal(from.offset))
  const scaled = multiply(above, { digits: from.numerator * to.denominator, scale: 0 })
  const digits = { scale: value.scale + moreDecimals, least: value.scale }
  const inTarget = divide(scaled, from.denominator * to.numerator, digits)
  const offset = decimal(to.offset)
  return trim(add(inTarget, { ...offset, digits: -offset.digits }), value.scale)
}

function decimal(text: string): Decimal {
  const read = readDecimal(text)
  if (read === undefined) throw new Error(`not a decimal: ${text}`)
  return read
}

/**
 * UCUM's factors are binary numbers; twelve of their digits are their own. A power of ten only moves the point and keeps
 * every digit; where the inverse is the shorter number (1/60), we divide by that instead.
 */
function scaleBy(value: Decimal, factor: number): Decimal {
  const direct = decimal(factor.toPrecision(12))
  const inverse = decimal((1 / factor).toPrecision(12))
  const scale = value.scale + Math.max(0, moreDecimals - Math.floor(Math.log10(Math.abs(factor))))
  if (digitsOf(direct) === 1 && /^-?10*$/.test(direct.digits.toString())) return movePoint(value, factor)
  if (digitsOf(direct) <= digitsOf(inverse)) {
    const product = trim(multiply(value, trim(direct, 0)), value.scale)
    return digitsOf(direct) < 12 ? product : round(product, scale)
  }
  const divisor = trim(inverse, 0)
  const numerator = { digits: value.digits * 10n ** BigInt(divisor.scale), scale: value.scale }
  return divide(numerator, divisor.digits, { scale, least: value.scale })
}

function movePoint({ digits, scale }: Decimal, powerOfTen: number): Decimal {
  const moved = scale - Math.round(Math.log10(powerOfTen))
  return moved >= 0 ? { digits, scale: moved } : { digits: digits * 10n ** BigInt(-moved), scale: 0 }
}

const digitsOf = ({ digits }: Decimal): number => digits.toString().replace(/0+$/, '').length
