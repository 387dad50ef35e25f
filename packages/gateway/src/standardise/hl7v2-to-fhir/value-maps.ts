/** HL7's own concept maps from v2 tables to FHIR codes (v2-to-FHIR, "HL7 Concept Map"), with the additions of Chinese practice. */
import { hl7Table } from './code-systems.ts'
import type { MappedCode } from './coded.ts'

/** AdministrativeSex. `1 2 0 9` are GB/T 2261.1, which Chinese systems put into PID-8 unchanged. */
export const genders: Readonly<Record<string, string>> = {
  F: 'female',
  M: 'male',
  O: 'other',
  U: 'unknown',
  A: 'other',
  N: 'other',
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'unknown',
  男: 'male',
  女: 'female',
  未知: 'unknown',
  未说明: 'unknown',
}

/** NameType. */
export const nameUses: Readonly<Record<string, string>> = {
  BAD: 'old',
  D: 'usual',
  L: 'official',
  M: 'maiden',
  MSK: 'anonymous',
  N: 'nickname',
  NAV: 'temp',
  R: 'official',
  TEMP: 'temp',
}

/** AddressType[Type]. */
export const addressTypes: Readonly<Record<string, string>> = { M: 'postal', SH: 'postal' }

/** AddressType[Use]. */
export const addressUses: Readonly<Record<string, string>> = {
  BA: 'old',
  BI: 'billing',
  C: 'temp',
  B: 'work',
  H: 'home',
  O: 'work',
}

/** TelecommunicationEquipmentType. */
export const telecomSystems: Readonly<Record<string, string>> = {
  PH: 'phone',
  CP: 'phone',
  FX: 'fax',
  MD: 'other',
  SAT: 'other',
  BP: 'pager',
  TDD: 'other',
  TTY: 'other',
}

/** TelecommunicationUseCode. */
export const telecomUses: Readonly<Record<string, string>> = { PRN: 'home', WPN: 'work', PRS: 'mobile' }

const maritalSystem = 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus'
const nullFlavor = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor'
const marital = (code: string, display: string): MappedCode => ({ code, display, system: maritalSystem })

/** MaritalStatus; `10 20 …` are GB/T 2261.2. */
export const maritalStatuses: Readonly<Record<string, MappedCode>> = {
  A: marital('L', 'Legally Separated'),
  D: marital('D', 'Divorced'),
  M: marital('M', 'Married'),
  S: marital('S', 'Never Married'),
  W: marital('W', 'Widowed'),
  C: marital('C', 'Common Law'),
  G: marital('T', 'Domestic partner'),
  P: marital('T', 'Domestic partner'),
  R: marital('T', 'Domestic partner'),
  E: marital('L', 'Legally Separated'),
  N: marital('A', 'Annulled'),
  I: marital('I', 'Interlocutory'),
  B: marital('U', 'unmarried'),
  U: { code: 'UNK', display: 'Unknown', system: nullFlavor },
  O: { code: 'OTH', display: 'Other', system: nullFlavor },
  T: { code: 'NAVU', display: 'Not available', system: nullFlavor },
  '10': marital('S', 'Never Married'),
  '20': marital('M', 'Married'),
  '21': marital('M', 'Married'),
  '22': marital('M', 'Married'),
  '23': marital('M', 'Married'),
  '30': marital('W', 'Widowed'),
  '40': marital('D', 'Divorced'),
  '90': { code: 'UNK', display: 'Unknown', system: nullFlavor },
}

const role = (code: string, display: string): MappedCode => ({
  code,
  display,
  system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
})
const contact = (code: string, display: string): MappedCode => ({ code, display, system: hl7Table('0131') })

/** Relationship (table 0063); what is not here keeps its code in table 0063. */
export const relationships: Readonly<Record<string, MappedCode>> = {
  SEL: role('ONESELF', 'self'),
  SPO: role('SPS', 'spouse'),
  DOM: role('SIGOTHR', 'significant other'),
  CHD: role('CHILD', 'child'),
  GCH: role('GRNDCHILD', 'grandchild'),
  NCH: role('NCHILD', 'natural child'),
  SCH: role('STPCHLD', 'step child'),
  FCH: role('CHLDFOST', 'foster child'),
  PAR: role('PRN', 'parent'),
  MTH: role('MTH', 'mother'),
  FTH: role('FTH', 'father'),
  GRP: role('GRPRN', 'grandparent'),
  EXF: role('EXT', 'extended family member'),
  SIB: role('SIB', 'sibling'),
  BRO: role('BRO', 'brother'),
  SIS: role('SIS', 'sister'),
  FND: role('FRND', 'unrelated friend'),
  EMR: contact('E', 'Employer'),
  EMC: contact('C', 'Emergency Contact'),
  UNK: contact('U', 'Unknown'),
  OTH: contact('O', 'Other'),
}

const act = (code: string, display: string): MappedCode => ({
  code,
  display,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
})

/** PatientClass[EncounterClass]; other classes keep their code in table 0004. */
export const encounterClasses: Readonly<Record<string, MappedCode>> = {
  E: act('EMER', 'emergency'),
  I: act('IMP', 'inpatient encounter'),
  O: act('AMB', 'ambulatory'),
  P: act('PRENC', 'pre-admission'),
}

/** PatientClass[EncounterStatus]; every other class is in progress. */
export const classStatuses: Readonly<Record<string, string>> = { P: 'planned', U: 'unknown' }

const priority = (code: string, display: string): MappedCode => ({
  code,
  display,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActPriority',
})

/** EncounterPriority. */
export const encounterPriorities: Readonly<Record<string, MappedCode>> = {
  '1': priority('EM', 'emergency'),
  '2': priority('UR', 'urgent'),
  '3': priority('EL', 'elective'),
}

/** ObservationResultStatusCodesInterpretation, with the codes HL7's map leaves open set to the nearest FHIR status. */
export const observationStatuses: Readonly<Record<string, string>> = {
  A: 'amended',
  B: 'amended',
  C: 'corrected',
  D: 'entered-in-error',
  F: 'final',
  I: 'registered',
  N: 'unknown',
  O: 'registered',
  P: 'preliminary',
  R: 'preliminary',
  S: 'preliminary',
  U: 'final',
  V: 'final',
  W: 'entered-in-error',
  X: 'cancelled',
}

/** ResultStatus[Non-Queries], completed in the same way. */
export const reportStatuses: Readonly<Record<string, string>> = {
  A: 'partial',
  C: 'corrected',
  F: 'final',
  I: 'registered',
  M: 'preliminary',
  N: 'registered',
  O: 'registered',
  P: 'preliminary',
  R: 'partial',
  S: 'registered',
  X: 'cancelled',
}

const interpreted = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation'
const interpretationCodes =
  '< > A AA B CAR D DET E EX EXP H HH HU I IE IND L LL LU MS N ND NEG NR NS POS R RR S SDD SYN-R SYN-S U UNE VS W WR'

/** InterpretationCodes; the arrows are how Chinese laboratories write high and low. */
export const interpretations: Readonly<Record<string, MappedCode>> = {
  ...Object.fromEntries(interpretationCodes.split(' ').map((code) => [code, { code, system: interpreted }])),
  '↑': { code: 'H', system: interpreted },
  '↓': { code: 'L', system: interpreted },
  '↑↑': { code: 'HH', system: interpreted },
  '↓↓': { code: 'LL', system: interpreted },
}

/** OrderStatus. */
export const orderStatuses: Readonly<Record<string, string>> = {
  A: 'active',
  CA: 'revoked',
  CM: 'completed',
  DC: 'revoked',
  ER: 'entered-in-error',
  HD: 'on-hold',
  IP: 'active',
  RP: 'revoked',
  SC: 'active',
}

/** OrderControlCode[ServiceRequest.status]; a control code that says nothing about the order leaves it unknown. */
export const orderControls: Readonly<Record<string, string>> = {
  AF: 'active',
  CA: 'active',
  CR: 'revoked',
  DC: 'revoked',
  DF: 'revoked',
  DR: 'revoked',
  FU: 'completed',
  HD: 'active',
  HR: 'on-hold',
  NW: 'active',
  OC: 'revoked',
  OD: 'revoked',
  OH: 'on-hold',
  OK: 'active',
  PR: 'active',
  PY: 'active',
  RL: 'active',
  RO: 'active',
  RQ: 'active',
}

/** ExtendedPriorityCodes. */
export const requestPriorities: Readonly<Record<string, string>> = { S: 'stat', A: 'asap', R: 'routine' }

/** AllergenType[AllergyIntoleranceCategory]. */
export const allergyCategories: Readonly<Record<string, string>> = {
  DA: 'medication',
  FA: 'food',
  EA: 'environment',
  AA: 'biologic',
  PA: 'environment',
  LA: 'environment',
}

/** AllergyType: every allergen type but a contraindication is an allergy. */
export const allergyTypes: Readonly<Record<string, string>> = Object.fromEntries(
  ['DA', 'FA', 'MA', 'EA', 'AA', 'PA', 'LA'].map((code) => [code, 'allergy']),
)

/** AllergySeverity[AllergyIntolerance.criticality]. */
export const criticalities: Readonly<Record<string, string>> = { SV: 'high', MI: 'low' }

/** AllergySeverity[AllergyIntolerance.reaction.severity]. */
export const reactionSeverities: Readonly<Record<string, string>> = {
  SV: 'severe',
  MO: 'moderate',
  MI: 'mild',
}

/** CompletionStatus of an immunisation. */
export const completionStatuses: Readonly<Record<string, string>> = {
  CP: 'completed',
  RE: 'not-done',
  NA: 'not-done',
  PA: 'completed',
}

/** DiagnosisType; working and final have no role of their own in FHIR and keep their code in table 0052. */
export const diagnosisRoles: Readonly<Record<string, MappedCode>> = {
  A: {
    code: 'AD',
    display: 'Admission diagnosis',
    system: 'http://terminology.hl7.org/CodeSystem/diagnosis-role',
  },
}
