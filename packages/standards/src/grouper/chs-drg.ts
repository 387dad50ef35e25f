/** CHS-DRG as published code lists: what the lists themselves do not hold (chapters, their order, endings) is here (docs/adr/0161). */
import type { Bilingual } from '../finding.ts'
import type { Chapter, GrouperHead } from './grouper-tables.ts'

const title = (zh: string, en: string): Bilingual => ({ zh, en })

const rest: readonly (readonly [string, string, string])[] = [
  ['B', '神经系统', 'nervous system'],
  ['C', '眼', 'eye'],
  ['D', '头颈、耳、鼻、口、咽', 'head, neck, ear, nose, mouth, throat'],
  ['E', '呼吸系统', 'respiratory system'],
  ['F', '循环系统', 'circulatory system'],
  ['G', '消化系统', 'digestive system'],
  ['H', '肝、胆、胰', 'liver, biliary tract, pancreas'],
  ['I', '肌肉、骨骼', 'muscles and bones'],
  ['J', '皮肤、皮下组织及乳腺', 'skin, subcutaneous tissue, breast'],
  ['K', '内分泌、营养、代谢', 'endocrine, nutrition, metabolism'],
  ['L', '肾脏及泌尿系统', 'kidney and urinary tract'],
  ['M', '男性生殖系统', 'male reproductive system'],
  ['N', '女性生殖系统', 'female reproductive system'],
  ['O', '妊娠、分娩及产褥期', 'pregnancy, childbirth, puerperium'],
  ['Q', '血液、造血器官及免疫', 'blood and immunity'],
  ['R', '骨髓增生、低分化肿瘤', 'myeloproliferative, poorly differentiated tumours'],
  ['S', '感染及寄生虫病', 'infections and parasites'],
  ['T', '精神疾病', 'mental diseases'],
  ['U', '酒精、药物使用', 'alcohol and drug use'],
  ['V', '创伤、中毒及药物毒性反应', 'injuries, poisoning, drug toxicity'],
  ['W', '烧伤', 'burns'],
  ['X', '影响健康因素及其他就医', 'other factors and contacts'],
]

const sexes: Readonly<Record<string, Chapter['sex']>> = { M: 'male', N: 'female', O: 'female' }

const chapters: readonly Chapter[] = [
  {
    letter: 'A',
    title: title('移植、长时间通气、ECMO', 'transplants, long ventilation, ECMO'),
    first: 'procedure',
  },
  { letter: 'P', title: title('新生儿', 'newborn'), first: 'newborn' },
  { letter: 'Y', title: title('HIV', 'HIV'), first: 'any-diagnosis' },
  { letter: 'Z', title: title('多发严重创伤', 'several severe traumas'), first: 'several-traumas' },
  ...rest.map(([letter, zh, en]): Chapter => {
    const sex = sexes[letter]
    return { letter, title: title(zh, en), ...(sex === undefined ? {} : { sex }) }
  }),
]

/** The head of an import. */
export const chsDrgHead: GrouperHead = {
  title: title('CHS-DRG（导入）', 'CHS-DRG (imported)'),
  edition: 'chs-drg',
  diagnosisSystem: 'urn:meridian:cs:icd-10-cn-insurance',
  procedureSystem: 'urn:meridian:cs:icd-9-cm-3-cn-insurance',
  chapters,
  newbornBelowDays: 29,
  ventilation: { hours: 96, procedure: '96.7201' },
  traumas: [],
  endings: { mcc: ['1', 'A', '3', '9'], cc: ['3', 'A', 'B', '5', '9'], none: ['5', 'B', '9'] },
}
