/** The bytes of a delivery as text that a browser can show and a clerk can mend, and back into bytes of the same kind. */
import iconv from 'iconv-lite'

/** How the bytes became text; needed to make bytes of a mended text. */
export interface TextForm {
  readonly charset: 'utf-8' | 'gb18030' | 'latin1'
  readonly lineEnd: '\r' | '\r\n' | '\n'
  readonly bom: boolean
}

/** Text with `\n` line ends and no byte order mark, and its form. */
export interface DeliveryText {
  readonly text: string
  readonly form: TextForm
}

/**
 * Decodes strictly: in the encoding the file was read in when that is known, else UTF-8 if it is UTF-8, else GB 18030, else
 * one character a byte, so that something is always shown.
 */
export function readDeliveryText(bytes: Uint8Array, known?: string): DeliveryText {
  const likely = known === 'gb18030' ? (['gb18030', 'utf-8'] as const) : (['utf-8', 'gb18030'] as const)
  const charset = likely.find((name) => isText(bytes, name)) ?? 'latin1'
  const decoded = iconv.decode(Buffer.from(bytes), charset, { stripBOM: false })
  const bom = decoded.startsWith('\ufeff')
  const body = bom ? decoded.slice(1) : decoded
  const lineEnd = body.includes('\r\n') ? '\r\n' : body.includes('\r') ? '\r' : '\n'
  return { text: body.replace(/\r\n?/g, '\n'), form: { charset, lineEnd, bom } }
}

/** Encodes a mended text in the form of the original; `undefined` when its charset has no such character. */
export function writeDeliveryText(text: string, form: TextForm): Uint8Array | undefined {
  const whole = (form.bom ? '\ufeff' : '') + text.replace(/\r\n?/g, '\n').replaceAll('\n', form.lineEnd)
  const bytes = iconv.encode(whole, form.charset)
  return iconv.decode(bytes, form.charset, { stripBOM: false }) === whole ? new Uint8Array(bytes) : undefined
}

function isText(bytes: Uint8Array, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
