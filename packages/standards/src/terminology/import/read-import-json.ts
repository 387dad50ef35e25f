/** Reads JSON that somebody else wrote, within limits of size and depth. */
import { readFileSync, statSync } from 'node:fs'
import type { Bilingual } from '../../finding.ts'
import { ImportStopped } from './import-stopped.ts'

const mostBytes = 256 * 1024 * 1024
const deepest = 200

/** The value in the file. @throws ImportStopped when it is too large, too deep, no UTF-8, no JSON, or not there. */
export function readImportJson(path: string): unknown {
  let bytes: Uint8Array
  try {
    if (statSync(path).size > mostBytes) throw new ImportStopped(texts.large(path))
    bytes = readFileSync(path)
  } catch (error) {
    throw error instanceof ImportStopped ? error : new ImportStopped(texts.unreadable(path))
  }
  if (depthOf(bytes) > deepest) throw new ImportStopped(texts.deep(path))
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ImportStopped(texts.malformed(path))
  }
}

const texts = {
  large: (path: string) => ({ zh: `${path} 超过 256 MB。`, en: `${path} is larger than 256 MB.` }),
  unreadable: (path: string) => ({ zh: `无法读取 ${path}。`, en: `${path} cannot be read.` }),
  deep: (path: string) => ({
    zh: `${path} 嵌套超过 ${deepest} 层。`,
    en: `${path} is nested deeper than ${deepest} levels.`,
  }),
  malformed: (path: string) => ({ zh: `${path} 不是 UTF-8 的 JSON。`, en: `${path} is no JSON in UTF-8.` }),
} satisfies Record<string, (path: string) => Bilingual>

/** How deep brackets go, without parsing: a text that is no JSON may give any number. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0
  let most = 0
  let isText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (isText) {
      if (byte === 0x5c) at += 1
      else if (byte === 0x22) isText = false
    } else if (byte === 0x22) isText = true
    else if (byte === 0x7b || byte === 0x5b) most = Math.max(most, ++depth)
    else if (byte === 0x7d || byte === 0x5d) depth -= 1
  }
  return most
}
