/** Reads the certificate and key of a door. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { OutsideFailure } from '../command-line/command.ts'

/** Paths of PEM files, relative to the home. With `ca`, clients must show a certificate of it. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
  readonly ca?: string
}

/** What `node:tls` takes. */
export interface ReadTls {
  readonly cert: Buffer
  readonly key: Buffer
  readonly minVersion: 'TLSv1.2'
  readonly ca?: Buffer
  readonly requestCert?: boolean
  readonly rejectUnauthorized?: boolean
}

/** @throws OutsideFailure naming the file that cannot be read. */
export function readTls(homeDir: string, { cert, key, ca }: TlsFiles): ReadTls {
  const read = (file: string) => readOrFail(resolve(homeDir, file))
  const clients = ca === undefined ? {} : { ca: read(ca), requestCert: true, rejectUnauthorized: true }
  return { cert: read(cert), key: read(key), minVersion: 'TLSv1.2', ...clients }
}

function readOrFail(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? 'EIO'
    throw new OutsideFailure(
      {
        zh: `无法读取 TLS 文件 ${file}（${code}）。`,
        en: `The TLS file ${file} cannot be read (${code}).`,
      },
      cause,
    )
  }
}
