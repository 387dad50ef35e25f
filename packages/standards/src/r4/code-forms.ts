/** The syntax of codes whose lists are open or not ours to ship: languages, media types, currencies. */

/** A form of code: what it is called, an example for the hint, and the test. */
export interface CodeForm {
  readonly name: string
  readonly example: string
  readonly test: (code: string) => boolean
}

/** RFC 5646 §2.1, well-formedness: language, extended language, script, region, variants, extensions, private use. */
const language =
  /^(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*(?:-x(?:-[A-Za-z0-9]{1,8})+)?$|^x(?:-[A-Za-z0-9]{1,8})+$/

/** RFC 6838 §4.2 names; what follows the semicolon is not looked into (HL7's own examples write `variant=DICOM WADO-RS`). */
const mediaType = /^[A-Za-z0-9][\w!#$&^.+-]{0,126}\/[A-Za-z0-9*][\w!#$&^.+-]{0,126}(?:\s*;\s*[\w.-]+=[^;]+)*$/

/** Names FHIR itself uses where a media type is bound: formats and query languages. */
const shortFormats = new Set(['xml', 'json', 'ttl'])

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** By the name in `r4-codes.json`. `ucum` is checked where units are, and `any` cannot be checked without a release. */
export const codeForms: Readonly<Record<string, CodeForm>> = {
  bcp47: { name: 'BCP 47', example: 'zh-CN', test: (code) => language.test(code) },
  mime: {
    name: 'BCP 13 (MIME)',
    example: 'application/pdf',
    test: (code) => mediaType.test(code) || shortFormats.has(code),
  },
  iso4217: { name: 'ISO 4217', example: 'CNY', test: (code) => currencies.has(code) },
}
