/** What a clerk may want to write instead of a value that was refused: nothing is guessed where words do not say it. */
import { ucumUnit } from '@meridian/standards'

/** How hospitals write the sex, and the code of GB/T 2261.1 or of HL7 that says it; both are read by every conversion. */
const sexWords: Readonly<Record<string, string>> = {
  男: '1',
  男性: '1',
  man: '1',
  m: '1',
  '1男': '1',
  女: '2',
  女性: '2',
  woman: '2',
  f: '2',
  '2女': '2',
  未知: '0',
  不详: '0',
  未说明: '9',
}
const genders: Readonly<Record<string, string>> = { '1': 'male', '2': 'female', '0': 'unknown', '9': 'other' }

/** The value, or undefined where none is certain. */
export function proposeValue(code: string, value: string): string | undefined {
  const plain = value.normalize('NFKC').trim().toLowerCase()
  if (/^cn\.sex-code/.test(code)) return sexWords[plain]
  if (code === 'r4.code-not-allowed') return genders[sexWords[plain] ?? plain]
  if (/unit/.test(code)) {
    const unit = value === '' ? undefined : ucumUnit(value)
    return unit === value ? undefined : unit
  }
  return undefined
}
