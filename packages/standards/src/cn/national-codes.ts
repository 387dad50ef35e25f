/** The code systems, extensions and marks by which national content is written in FHIR (ADR 0031). */

/** GB/T 2261.1 sex, GB/T 2261.2 marital status, GB/T 3304 ethnic group, CV02.01.101 document types, ICD-10 as the national documents name it. */
export const nationalSystems = {
  sex: 'urn:oid:2.16.156.10011.2.3.3.4',
  maritalStatus: 'urn:oid:2.16.156.10011.2.3.3.5',
  ethnicGroup: 'urn:oid:2.16.156.10011.2.3.3.3',
  idDocumentType: 'urn:oid:2.16.156.10011.2.3.1.1',
  residentId: 'urn:oid:2.16.156.10011.1.3',
  dataElement: 'urn:oid:2.16.156.10011.2.2.1',
  icd10: 'urn:oid:2.16.156.10011.2.3.3.11',
} as const

/** On `Patient.gender`: a Coding of GB/T 2261.1, where gender alone does not say which of 0 and 9 it was. */
export const sexCodeExtension = 'urn:meridian:extension:sex-code'

/** On a Patient: the ethnic group (民族), a CodeableConcept of GB/T 3304. */
export const ethnicGroupExtension = 'urn:meridian:extension:ethnic-group'

/** HL7's extension for why a required value is absent, with a code of `meridian.value-set.absent-reasons`. */
export const absentReasonExtension = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason'

/** How a front page (病案首页) is told from other records. */
export const frontPageMarks = {
  /** Composition.type of a front page. */
  documentType: { system: 'urn:meridian:code-system:document-type', code: 'inpatient-front-page' },
  /** Composition.section.code of the section whose one entry is the Condition that is the main diagnosis. */
  mainDiagnosis: { system: 'urn:meridian:code-system:document-section', code: 'main-diagnosis' },
  /** Encounter.meta.profile of an Encounter that is itself the front page; its main diagnosis has use DD and rank 1. */
  encounterProfile: 'urn:meridian:profile:inpatient-front-page',
} as const
