/** Names of coding systems as HL7 v2 writes them (table 0396) and the uris FHIR knows them by. */
import type { Conversion } from './conversion.ts'

const known: Readonly<Record<string, string>> = {
  LN: 'http://loinc.org',
  LOINC: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  SNM: 'http://snomed.info/sct',
  SNOMED: 'http://snomed.info/sct',
  'SNOMED-CT': 'http://snomed.info/sct',
  UCUM: 'http://unitsofmeasure.org',
  I9: 'http://hl7.org/fhir/sid/icd-9-cm',
  I9C: 'http://hl7.org/fhir/sid/icd-9-cm',
  I9CDX: 'http://hl7.org/fhir/sid/icd-9-cm',
  I9CP: 'http://hl7.org/fhir/sid/icd-9-cm',
  'ICD-9-CM': 'http://hl7.org/fhir/sid/icd-9-cm',
  I10: 'http://hl7.org/fhir/sid/icd-10',
  ICD10: 'http://hl7.org/fhir/sid/icd-10',
  'ICD-10': 'http://hl7.org/fhir/sid/icd-10',
  I10C: 'http://hl7.org/fhir/sid/icd-10-cm',
  'ICD-10-CM': 'http://hl7.org/fhir/sid/icd-10-cm',
  I10P: 'http://www.cms.gov/Medicare/Coding/ICD10',
  ICDO: 'http://terminology.hl7.org/CodeSystem/icd-o',
  'ICD-O': 'http://terminology.hl7.org/CodeSystem/icd-o',
  C4: 'http://www.ama-assn.org/go/cpt',
  CPT: 'http://www.ama-assn.org/go/cpt',
  CVX: 'http://hl7.org/fhir/sid/cvx',
  MVX: 'http://hl7.org/fhir/sid/mvx',
  NDC: 'http://hl7.org/fhir/sid/ndc',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ICD10CN: 'urn:oid:2.16.156.10011.2.3.3.11',
  'ICD-10-CN': 'urn:oid:2.16.156.10011.2.3.3.11',
  'GB/T 14396': 'urn:oid:2.16.156.10011.2.3.3.11',
  ATC: 'http://www.whocc.no/atc',
  WC: 'http://www.whocc.no/atc',
  DCM: 'http://dicom.nema.org/resources/ontology/DCM',
  UNII: 'http://fdasis.nlm.nih.gov',
  NUCC: 'http://nucc.org/provider-taxonomy',
  CDCREC: 'urn:oid:2.16.840.1.113883.6.238',
  ISO3166_1: 'urn:iso:std:iso:3166',
  'ISO3166-1': 'urn:iso:std:iso:3166',
  ISO639: 'urn:ietf:bcp:47',
  BCP47: 'urn:ietf:bcp:47',
  'GB/T2261.1': 'urn:oid:2.16.156.10011.2.3.3.4',
  'GB/T 2261.1': 'urn:oid:2.16.156.10011.2.3.3.4',
}

/** The uri of an HL7 v2 table. */
export function hl7Table(number: string): string {
  return `http://terminology.hl7.org/CodeSystem/v2-${number}`
}

// National ICD-10 codes have three places after the point and an extension with x (I10.x00, K74.600x003); WHO's have one.
const nationalIcd10 = /^[A-Z]\d{2}\.[x\d]\d{2}(?:x\d{3})?$/

/** The uri of the system of a code: the national edition of ICD-10 is told from WHO's by the form of its codes. */
export function systemOfCode(name: string, code: string, conversion: Conversion): string {
  const system = codeSystem(name, conversion)
  const national = system === known.I10 && nationalIcd10.test(code)
  return national ? (known.ICD10CN as string) : system
}

/**
 * The uri of a coding system. What nobody registered (`L`, `99LAB`, a hospital's own name) belongs to the institution and gets a
 * uri under it, so that the same code of two systems stays two codes.
 */
export function codeSystem(name: string, conversion: Conversion): string {
  const found = known[name] ?? known[name.toUpperCase()]
  if (found !== undefined) return found
  const table = /^HL7-?(\d{4})$/i.exec(name)
  if (table !== null) return hl7Table(table[1] as string)
  if (/^[0-2](\.(0|[1-9]\d*))+$/.test(name)) return `urn:oid:${name}`
  if (/^(https?|urn):\S+$/i.test(name)) return name
  return localUri(conversion, 'code-system', name)
}

/** A uri for a name that only means something inside this institution (`authority`) or this source (`code-system`). */
export function localUri(conversion: Conversion, kind: 'authority' | 'code-system', name: string): string {
  return `urn:meridian:${encodeURIComponent(conversion.tools.organisationId)}:${kind}:${encodeURIComponent(name)}`
}
