/** The stage of the care path a record belongs to (H03), from its resource type. */

/** Prevention, screening, diagnosis, treatment, rehabilitation, prognosis; `none` for what is of no stage. */
export type CareStage =
  | 'prevention'
  | 'screening'
  | 'diagnosis'
  | 'treatment'
  | 'rehabilitation'
  | 'prognosis'
  | 'none'

const stages: Readonly<Record<string, CareStage>> = {
  Immunization: 'prevention',
  ImmunizationRecommendation: 'prevention',
  RiskAssessment: 'screening',
  Observation: 'diagnosis',
  DiagnosticReport: 'diagnosis',
  Condition: 'diagnosis',
  ImagingStudy: 'diagnosis',
  Specimen: 'diagnosis',
  Procedure: 'treatment',
  MedicationRequest: 'treatment',
  MedicationAdministration: 'treatment',
  MedicationDispense: 'treatment',
  CarePlan: 'rehabilitation',
  Goal: 'rehabilitation',
  ClinicalImpression: 'prognosis',
}

/** The stage of a resource type. */
export function careStageOf(type: string): CareStage {
  return stages[type] ?? 'none'
}
