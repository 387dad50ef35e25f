/** A folder as one tar file (POSIX ustar) and back: a form that every system can look into. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'

const BLOCK = 512
const CHUNK = 1024 * 1024

/** Writes every file and folder under `folder` into `file`, which must not exist; on the disk when it returns. */
export function writeTar(folder: string, file: string): void {
  const out = openSync(file, 'wx', 0o600)
  try {
    for (const path of everythingUnder(folder)) addEntry(out, path, relative(folder, path))
    writeSync(out, Buffer.alloc(2 * BLOCK))
    fsyncSync(out)
  } finally {
    closeSync(out)
  }
}

function everythingUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? [path, ...everythingUnder(path)] : entry.isFile() ? [path] : []
    })
}

function addEntry(out: number, path: string, name: string): void {
  const stat = statSync(path)
  const size = stat.isDirectory() ? 0 : stat.size
  writeSync(out, headerOf(stat.isDirectory() ? `${name}/` : name, size, stat.isDirectory()))
  if (size === 0) return
  const source = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(CHUNK)
    for (let left = size; left > 0; ) {
      const read = readSync(source, chunk, 0, Math.min(CHUNK, left), null)
      if (read === 0) throw new Error('a file became shorter while it was copied')
      writeSync(out, chunk, 0, read)
      left -= read
    }
  } finally {
    closeSync(source)
  }
  writeSync(out, Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK))
}

function headerOf(name: string, size: number, isFolder: boolean): Buffer {
  const bytes = Buffer.from(name)
  if (bytes.length > 100) throw new Error('a name in a backup is longer than 100 bytes')
  const header = Buffer.alloc(BLOCK)
  header.set(bytes)
  header.write(isFolder ? '0000700\0' : '0000600\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  writeSize(header, size)
  header.write('00000000000\0', 136)
  header.write(isFolder ? '5' : '0', 156)
  header.write('ustar\u000000', 257)
  header.write('        ', 148)
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** Octal up to 8 GiB; beyond, the base-256 form that GNU and BSD tar read. */
function writeSize(header: Buffer, size: number): void {
  if (size < 8 ** 11) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  else {
    header.writeUInt8(0x80, 124)
    header.writeBigUInt64BE(BigInt(size), 128)
  }
}

const checksumOf = (header: Buffer) => header.reduce((sum, byte) => sum + byte, 0)

/** Unpacks a tar file of {@link writeTar} into `folder`. @throws Error when it is cut short, altered or not ours. */
export function readTar(file: string, folder: string): void {
  const source = openSync(file, 'r')
  try {
    for (;;) {
      const header = readWhole(source, BLOCK)
      if (header.every((byte) => byte === 0)) return
      unpack(source, header, folder)
    }
  } finally {
    closeSync(source)
  }
}

function unpack(source: number, header: Buffer, folder: string): void {
  const told = Number.parseInt(header.toString('latin1', 148, 156), 8)
  header.write('        ', 148)
  if (checksumOf(header) !== told) throw new Error('not a backup, or altered')
  const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
  if (name.startsWith('/') || name.split('/').includes('..'))
    throw new Error('a path leads out of the backup')
  const path = join(folder, name)
  const isFolder = header[156] === 0x35
  mkdirSync(isFolder ? path : dirname(path), { recursive: true, mode: 0o700 })
  if (!isFolder) copyOut(source, path, sizeOf(header))
}

function sizeOf(header: Buffer): number {
  return header[124] === 0x80
    ? Number(header.readBigUInt64BE(128))
    : Number.parseInt(header.toString('latin1', 124, 135), 8)
}

function copyOut(source: number, path: string, size: number): void {
  const out = openSync(path, 'wx', 0o600)
  try {
    for (let left = size; left > 0; ) {
      const chunk = readWhole(source, Math.min(CHUNK, left))
      writeSync(out, chunk)
      left -= chunk.length
    }
    fsyncSync(out)
  } finally {
    closeSync(out)
  }
  readWhole(source, (BLOCK - (size % BLOCK)) % BLOCK)
}

function readWhole(source: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; ) {
    const read = readSync(source, bytes, at, length - at, null)
    if (read === 0) throw new Error('the backup ends early')
    at += read
  }
  return bytes
}
