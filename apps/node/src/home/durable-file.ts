/** Files that are there as a whole or not at all, also after a power cut: written beside, synced, renamed, and the folder synced. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes `text` over whatever was there, readable by the owner only. @throws the system's error. */
export function writeWhole(file: string, text: string): void {
  const half = `${file}.partial`
  const handle = openSync(half, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(half, file)
  syncFolder(dirname(file))
}

/** Makes renames and removals in a folder durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The JSON of a file; undefined when it is not there. @throws SyntaxError when it was altered. */
export function readIfThere<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}
