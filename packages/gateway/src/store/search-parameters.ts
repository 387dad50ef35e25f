/**
 * What records can be searched by: one table for the rows that are stored, the parameters the FHIR door takes and the
 * CapabilityStatement that says so. Paths are those of the R4 search parameter definitions (hl7.org/fhir/R4/searchparameter-registry).
 */

/** How a parameter compares. `identifier` is a token whose value is a person's and only kept as blind index. */
export type SearchKind = 'token' | 'identifier' | 'reference' | 'date'

/** One parameter of one resource type. A path is member names joined by `.`; arrays on the way are walked. */
export interface SearchParameter {
  readonly name: string
  readonly kind: SearchKind
  readonly paths: readonly string[]
  /** References count only when they lead to this type (`where(resolve() is Patient)`). */
  readonly target?: string
  /** PERF: has no rows of its own; it is answered from those of this parameter, which are the same references and more. */
  readonly among?: string
}

/** `types` is a list of types separated by spaces. */
interface Row {
  readonly name: string
  readonly kind: SearchKind
  readonly paths: readonly string[]
  readonly target?: string
  readonly among?: string
  readonly types: string
}

const identifierTypes =
  'Account ActivityDefinition AllergyIntolerance Appointment AppointmentResponse Basic BodyStructure Bundle CarePlan CareTeam ' +
  'ChargeItem ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest ' +
  'Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse ' +
  'DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport ' +
  'EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest EnrollmentResponse EpisodeOfCare EventDefinition Evidence ' +
  'EvidenceVariable ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag Goal Group GuidanceResponse ' +
  'HealthcareService ImagingStudy Immunization ImmunizationEvaluation ImmunizationRecommendation InsurancePlan Invoice ' +
  'Library List Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense ' +
  'MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization MedicinalProductPackaged ' +
  'MedicinalProductPharmaceutical MessageDefinition MolecularSequence NutritionOrder Observation Organization ' +
  'OrganizationAffiliation Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole ' +
  'Procedure Questionnaire QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition ResearchElementDefinition ' +
  'ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule ServiceRequest Slot Specimen ' +
  'SpecimenDefinition StructureDefinition StructureMap Substance SupplyDelivery SupplyRequest Task TestReport TestScript ' +
  'ValueSet VisionPrescription'

const subjectPatientTypes =
  'Account Basic CarePlan CareTeam ChargeItem ClinicalImpression Communication CommunicationRequest Composition Condition ' +
  'Contract DeviceRequest DiagnosticReport DocumentManifest DocumentReference Encounter Flag Goal GuidanceResponse ' +
  'ImagingStudy Invoice List MeasureReport Media MedicationAdministration MedicationDispense MedicationRequest ' +
  'MedicationStatement Observation Procedure QuestionnaireResponse RequestGroup RiskAssessment ServiceRequest Specimen'

const patientTypes =
  'AllergyIntolerance BodyStructure Claim ClaimResponse Consent CoverageEligibilityRequest CoverageEligibilityResponse ' +
  'DetectedIssue Device EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Immunization ImmunizationEvaluation ' +
  'ImmunizationRecommendation MolecularSequence NutritionOrder RelatedPerson SupplyDelivery VisionPrescription'

const statusTypes =
  'Account Appointment CarePlan CareTeam Claim ClaimResponse ClinicalImpression Communication CommunicationRequest Composition ' +
  'Consent Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue Device DeviceRequest ' +
  'DiagnosticReport DocumentManifest DocumentReference Encounter Endpoint EpisodeOfCare ExplanationOfBenefit ' +
  'FamilyMemberHistory ImagingStudy Immunization Invoice List Location MeasureReport Media Medication ' +
  'MedicationAdministration MedicationDispense MedicationRequest MedicationStatement NutritionOrder Observation ' +
  'Procedure QuestionnaireResponse RequestGroup ResearchStudy ResearchSubject ServiceRequest Slot ' +
  'Specimen Substance SupplyDelivery SupplyRequest Task VisionPrescription'

const medicationTypes = 'MedicationAdministration MedicationDispense MedicationRequest MedicationStatement'

/** A choice element as a date: dateTime, Period and instant. */
const choice = (name: string) => [`${name}DateTime`, `${name}Period`, `${name}Instant`]

const table: readonly Row[] = [
  { name: 'identifier', kind: 'identifier', paths: ['identifier'], types: identifierTypes },
  {
    name: 'identifier',
    kind: 'identifier',
    paths: ['masterIdentifier', 'identifier'],
    types: 'DocumentManifest DocumentReference',
  },
  {
    name: 'patient',
    kind: 'reference',
    target: 'Patient',
    paths: ['subject'],
    among: 'subject',
    types: `${subjectPatientTypes} DeviceUseStatement`,
  },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['patient'], types: patientTypes },
  {
    name: 'patient',
    kind: 'reference',
    target: 'Patient',
    paths: ['participant.actor'],
    types: 'Appointment',
  },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['actor'], types: 'AppointmentResponse' },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['beneficiary'], types: 'Coverage' },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['candidate'], types: 'EnrollmentRequest' },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['link.target'], types: 'Person' },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['individual'], types: 'ResearchSubject' },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['for'], types: 'Task' },
  { name: 'patient', kind: 'reference', target: 'Patient', paths: ['target'], types: 'Provenance' },
  {
    name: 'patient',
    kind: 'reference',
    target: 'Patient',
    paths: ['agent.who', 'entity.what'],
    types: 'AuditEvent',
  },
  {
    name: 'subject',
    kind: 'reference',
    paths: ['subject'],
    types: `${subjectPatientTypes} AdverseEvent DeviceUseStatement`,
  },
  {
    name: 'encounter',
    kind: 'reference',
    target: 'Encounter',
    paths: ['encounter'],
    types:
      'CarePlan CareTeam ClinicalImpression Communication CommunicationRequest Composition Condition DeviceRequest ' +
      'DiagnosticReport Flag ImagingStudy List Media MedicationRequest NutritionOrder Observation Procedure ' +
      'QuestionnaireResponse RequestGroup RiskAssessment ServiceRequest Task VisionPrescription',
  },
  {
    name: 'code',
    kind: 'token',
    paths: ['code'],
    types:
      'Basic ChargeItem Condition DetectedIssue DiagnosticReport Group List Medication MedicationKnowledge Observation ' +
      'Procedure RequestGroup ServiceRequest Task',
  },
  { name: 'code', kind: 'token', paths: ['code', 'reaction.substance'], types: 'AllergyIntolerance' },
  { name: 'code', kind: 'token', paths: ['medicationCodeableConcept'], types: medicationTypes },
  { name: 'code', kind: 'token', paths: ['codeCodeableConcept'], types: 'DeviceRequest' },
  { name: 'code', kind: 'token', paths: ['condition.code'], types: 'FamilyMemberHistory' },
  { name: 'vaccine-code', kind: 'token', paths: ['vaccineCode'], types: 'Immunization' },
  { name: 'class', kind: 'token', paths: ['class'], types: 'Encounter' },
  {
    name: 'category',
    kind: 'token',
    paths: ['category'],
    types:
      'AdverseEvent AllergyIntolerance CarePlan CareTeam Communication CommunicationRequest Composition Condition Consent ' +
      'DiagnosticReport DocumentReference Goal MedicationRequest MedicationStatement Observation Procedure ServiceRequest ' +
      'SupplyRequest',
  },
  { name: 'status', kind: 'token', paths: ['status'], types: statusTypes },
  {
    name: 'clinical-status',
    kind: 'token',
    paths: ['clinicalStatus'],
    types: 'AllergyIntolerance Condition',
  },
  { name: 'date', kind: 'date', paths: choice('effective'), types: 'DiagnosticReport Observation' },
  { name: 'date', kind: 'date', paths: choice('performed'), types: 'Procedure' },
  { name: 'date', kind: 'date', paths: choice('occurrence'), types: 'Immunization RiskAssessment' },
  {
    name: 'date',
    kind: 'date',
    paths: ['period'],
    types:
      'CarePlan CareTeam Encounter EpisodeOfCare Flag OrganizationAffiliation PractitionerRole ResearchStudy ResearchSubject',
  },
  {
    name: 'date',
    kind: 'date',
    paths: ['date'],
    types:
      'AdverseEvent ClinicalImpression Composition DocumentReference FamilyMemberHistory ImmunizationEvaluation ' +
      'ImmunizationRecommendation Invoice List MeasureReport',
  },
  { name: 'date', kind: 'date', paths: ['recordedDate'], types: 'AllergyIntolerance' },
  { name: 'date', kind: 'date', paths: ['dateTime'], types: 'Consent' },
  { name: 'date', kind: 'date', paths: ['start'], types: 'Appointment' },
  { name: 'date', kind: 'date', paths: ['recorded'], types: 'AuditEvent' },
  { name: 'recorded', kind: 'date', paths: ['recorded'], types: 'Provenance' },
  { name: 'onset-date', kind: 'date', paths: choice('onset'), types: 'Condition' },
  { name: 'recorded-date', kind: 'date', paths: ['recordedDate'], types: 'Condition' },
  { name: 'authoredon', kind: 'date', paths: ['authoredOn'], types: 'MedicationRequest' },
  { name: 'authored', kind: 'date', paths: ['authored'], types: 'QuestionnaireResponse' },
  { name: 'authored', kind: 'date', paths: ['authoredOn'], types: 'ServiceRequest' },
  { name: 'effective', kind: 'date', paths: choice('effective'), types: 'MedicationStatement' },
  { name: 'effective-time', kind: 'date', paths: choice('effective'), types: 'MedicationAdministration' },
  { name: 'whenhandedover', kind: 'date', paths: ['whenHandedOver'], types: 'MedicationDispense' },
  { name: 'started', kind: 'date', paths: ['started'], types: 'ImagingStudy' },
  { name: 'issued', kind: 'date', paths: ['issued'], types: 'DiagnosticReport' },
  { name: 'created', kind: 'date', paths: ['created'], types: 'Claim ClaimResponse ExplanationOfBenefit' },
  {
    name: 'collected',
    kind: 'date',
    paths: ['collection.collectedDateTime', 'collection.collectedPeriod'],
    types: 'Specimen',
  },
]

const byType = new Map<string, SearchParameter[]>()
for (const { types, ...parameter } of table) {
  for (const type of types.split(' ')) byType.set(type, [...(byType.get(type) ?? []), parameter])
}

const none: readonly SearchParameter[] = []

/** The parameters of a resource type, without `_id` and `_lastUpdated`, which every type has. */
export function searchParametersOf(type: string): readonly SearchParameter[] {
  return byType.get(type) ?? none
}
