/** Documents inside a message (ED) or pointed at by it (RP) as Attachment (v2-to-FHIR: ED[Attachment], RP[Attachment]). */
import { type Composite, part } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** An ED with its data as base64; undefined when the data is not in the encoding that ED-4 names. */
export function attachmentOf(value: Composite): FhirObject | undefined {
  const data = dataOf(value)
  return data === undefined ? undefined : { contentType: mediaType(part(value, 2), part(value, 3)), data }
}

/** An RP as an Attachment with a url; undefined when it points nowhere. */
export function pointerOf(value: Composite): FhirObject | undefined {
  const url = part(value, 1)
  if (url === undefined) return undefined
  // A file name of the sender is no url of ours.
  const absolute = /^[a-z][a-z0-9+.-]*:\S+$/i.test(url)
  return {
    contentType: mediaType(part(value, 3), part(value, 4)),
    ...(absolute ? { url } : { title: url }),
  }
}

// The data may itself hold component separators when the sender does not escape them; it is then the rest of the field.
function dataOf(value: Composite): string | undefined {
  const { component } = value.encoding
  const raw = value.components.slice(4).join(component)
  const encoding = part(value, 4)?.toUpperCase()
  if (encoding === 'BASE64') {
    const packed = raw.replace(/\s|\\\.br\\|\\X0[AD]\\/g, '')
    return packed !== '' && base64Form.test(packed) ? packed : undefined
  }
  if (encoding === 'HEX') {
    return /^(?:[0-9A-Fa-f]{2})+$/.test(raw) ? Buffer.from(raw, 'hex').toString('base64') : undefined
  }
  const plain = part({ components: [raw], encoding: { ...value.encoding, subcomponent: '\u0000' } }, 1)
  return plain === undefined ? undefined : Buffer.from(plain, 'utf8').toString('base64')
}

const extensions: Readonly<Record<string, string>> = {
  PDF: 'application/pdf',
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  TIFF: 'image/tiff',
  DICOM: 'application/dicom',
  HTML: 'text/html',
  RTF: 'application/rtf',
  XML: 'text/xml',
}

function mediaType(type: string | undefined, subtype: string | undefined): string | undefined {
  if (subtype?.includes('/')) return subtype
  const known = extensions[subtype?.toUpperCase() ?? ''] ?? extensions[type?.toUpperCase() ?? '']
  if (known !== undefined) return known
  const main = /^(application|audio|image|text|video|multipart)$/i.exec(type ?? '')?.[1]
  return main === undefined || subtype === undefined
    ? undefined
    : `${main.toLowerCase()}/${subtype.toLowerCase()}`
}
