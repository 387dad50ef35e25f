/** Reads a file that a call names, or says which one cannot be read and why. */
import { readFileSync } from 'node:fs'
import { OutsideFailure } from '../command-line/command.ts'

/** The bytes. @throws OutsideFailure with the system's code. */
export function readNamed(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? 'EIO'
    throw new OutsideFailure(
      { zh: `无法读取 ${file}（${code}）。`, en: `${file} cannot be read (${code}).` },
      cause,
    )
  }
}

/** The same as text in UTF-8. */
export function readNamedText(file: string): string {
  return Buffer.from(readNamed(file)).toString('utf8')
}
