/** More of HL7's concept maps: those that only list which code of one system is which code of another. */
import type { MappedCode } from './coded.ts'

// Pairs written as `from:to`, which is how such a table is read and checked best.
function table(system: string, pairs: string): Readonly<Record<string, MappedCode>> {
  const split = (pair: string): [string, MappedCode] => {
    const [from = '', code = ''] = pair.split(':')
    return [from, { code, system }]
  }
  return Object.fromEntries(pairs.split(' ').map(split))
}

/** Religion (table 0006). */
export const religions = table(
  'http://terminology.hl7.org/CodeSystem/v3-ReligiousAffiliation',
  'A:1007 B:1009 E:1069 J:1026 L:1028 M:1027 N:1020 P:1077 AGN:1004 ATH:1007 BAH:1008 BRE:1062 BMA:1029 BTH:1051 ' +
    'CHR:1013 ANG:1005 AOG:1061 BAP:1009 CRR:1079 CHS:1063 COC:1064 COG:1065 COL:1066 EOT:1068 EPI:1069 FRQ:1071 ' +
    'FUL:1072 JWN:1025 MOM:1027 LUT:1028 MET:1073 NAZ:1075 ORT:1036 PEN:1038 PRE:1076 PRO:1077 PRC:1078 QUA:1071 ' +
    'REC:1079 CAT:1041 SAA:1080 SEV:1001 UCC:1082 UNI:1052 UNU:1081 CNF:1014 DOC:1067 HSH:1020 HVA:1020 HOT:1020 ' +
    'JAI:1024 MOS:1023 MSH:1045 MSU:1049 NAM:1074 SHN:1046 SIK:1047 SPI:1048',
)

/** PrimaryLanguage: the three letters of ISO 639-2 as the tags of BCP 47 that FHIR prefers. */
export const languages = table(
  'urn:ietf:bcp:47',
  'CHI:zh ZHO:zh ZH:zh ZH-CN:zh-CN ZH-HK:zh-HK ZH-TW:zh-TW ENG:en EN:en EN-US:en-US EN-GB:en-GB ARA:ar AR:ar BEN:bn ' +
    'BO:bo TIB:bo BOD:bo CZE:cs CES:cs DAN:da DE:de GER:de DEU:de GRE:el ELL:el SPA:es ES:es FIN:fi FRE:fr FRA:fr FR:fr ' +
    'HIN:hi HRV:hr ITA:it IT:it JPN:ja JA:ja KAZ:kk KOR:ko KO:ko MON:mn DUT:nl NLD:nl NOR:no PAN:pa POL:pl POR:pt ' +
    'RUS:ru RU:ru SRP:sr SWE:sv TEL:te UIG:ug UG:ug',
)

/** ProviderRole (table 0443) as the part a doctor has in a visit; other roles keep their code. */
export const providerRoles = table(
  'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  'AD:ADM AT:ATND CP:CON RP:REF',
)

/** EventReason (table 0062). */
export const eventReasons = table(
  'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  '01:PATRQT 02:TREAT 03:HOPERAT',
)

/** OrderType (table 0482): where the order is to be carried out. */
export const orderTypes = table('http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'I:HOSP O:OF')
