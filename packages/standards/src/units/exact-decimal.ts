/** Decimal numbers as text, calculated exactly: no binary fractions, no lost zeros. */

/** `digits` × 10^−`scale`; scale is never negative. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

const form = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** Reads a JSON number's text; undefined when it is none, or its exponent has more than three digits. */
export function readDecimal(text: string): Decimal | undefined {
  const match = form.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(sign + whole + fraction)
  const scale = fraction.length - Number(exponent)
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** Writes it with exactly `scale` decimals, as a JSON number. */
export function writeDecimal({ digits, scale }: Decimal): string {
  const negative = digits < 0n
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  return `${negative ? '-' : ''}${whole}${scale === 0 ? '' : `.${text.slice(text.length - scale)}`}`
}

const align = (value: Decimal, scale: number): bigint => value.digits * 10n ** BigInt(scale - value.scale)

/** a + b */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { digits: align(a, scale) + align(b, scale), scale }
}

/** a × b */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

/** −1, 0 or 1 as a is less than, equal to or greater than b. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale)
  const difference = align(a, scale) - align(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/**
 * a ÷ divisor. Exact where it ends within `scale` + 12 decimals, with at least `least` of them; otherwise rounded half up,
 * away from zero, to `scale`.
 */
export function divide(
  a: Decimal,
  divisor: bigint,
  { scale, least }: { scale: number; least: number },
): Decimal {
  const exactScale = Math.max(a.scale, scale) + 12
  const numerator = align(a, exactScale)
  if (numerator % divisor === 0n) return trim({ digits: numerator / divisor, scale: exactScale }, least)
  const doubled =
    (align(a, Math.max(a.scale, scale)) * 2n * 10n ** BigInt(scale)) / 10n ** BigInt(Math.max(a.scale, scale))
  return { digits: roundHalf(doubled, divisor), scale }
}

function roundHalf(doubledNumerator: bigint, divisor: bigint): bigint {
  const sign = doubledNumerator < 0n ? -1n : 1n
  const magnitude = doubledNumerator * sign
  return sign * ((magnitude + divisor) / (2n * divisor))
}

/** Rounds half up, away from zero, to `scale` decimals; leaves a shorter one as it is. */
export function round(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return value
  return { digits: roundHalf(value.digits * 2n, 10n ** BigInt(value.scale - scale)), scale }
}

/** Drops zeros at the end, but keeps `least` decimals. */
export function trim({ digits, scale }: Decimal, least: number): Decimal {
  let shorter = digits
  let length = scale
  while (length > least && shorter % 10n === 0n) {
    shorter /= 10n
    length -= 1
  }
  return { digits: shorter, scale: length }
}
