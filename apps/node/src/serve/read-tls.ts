/** Reads the certificate and key of a door. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
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

/** @throws OutsideFailure naming the file that cannot be read or used. */
export function readTls(homeDir: string, { cert, key, ca }: TlsFiles): ReadTls {
  const read = (file: string) => readOrFail(resolve(homeDir, file))
  const clients = ca === undefined ? {} : { ca: read(ca), requestCert: true, rejectUnauthorized: true }
  const tls = { cert: read(cert), key: read(key), minVersion: 'TLSv1.2', ...clients } as const
  tryOut(tls, [cert, key, ...(ca === undefined ? [] : [ca])])
  return tls
}

/** A file that is no PEM, or a key of another certificate, is found here and not by the first sender. */
function tryOut(tls: ReadTls, files: readonly string[]): void {
  try {
    createSecureContext(tls)
  } catch (cause) {
    const named = files.join(', ')
    throw new OutsideFailure(
      {
        zh: `TLS 文件 ${named} 不能使用：须为 PEM 格式，且私钥与证书相配。`,
        en: `The TLS files ${named} cannot be used: they must be PEM, and the key must belong to the certificate.`,
      },
      cause,
    )
  }
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
