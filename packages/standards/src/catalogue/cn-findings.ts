/** Findings of the profiles `cn-national` and `cn-national-strict`. */
import { entry } from './template.ts'

const sex = {
  'cn.sex-code': entry(
    'error',
    ['性别代码不是国家标准的代码。', 'The sex code is not one of the national standard.'],
    [
      'GB/T 2261.1 只有：0 未知的性别、1 男性、2 女性、9 未说明的性别。请在登记处核对后改正。',
      'GB/T 2261.1 has 0 unknown, 1 male, 2 female, 9 not stated. Check with registration and correct it.',
    ],
  ),
  'cn.sex-code-strict': entry(
    'error',
    ['本来源要求性别必须是男或女。', 'This source requires the sex to be male or female.'],
    [
      '请填 1 男性 或 2 女性；确实无法确定时请联系管理员换用 cn-national。',
      'Use 1 male or 2 female; if it cannot be known, ask for the profile cn-national.',
    ],
  ),
  'cn.sex-differs': entry(
    'error',
    ['gender 与国家标准性别代码不一致。', 'gender and the national sex code disagree.'],
    [
      '对应关系：1—male，2—female，0—unknown，9—unknown 或 other。请改成一致。',
      '1 is male, 2 is female, 0 is unknown, 9 is unknown or other. Make them agree.',
    ],
  ),
  'cn.sex-missing': entry(
    'warning',
    ['没有填写性别。', 'The sex is missing.'],
    ['请补填；不知道时填 0（未知的性别）。', 'Fill it in; use 0 (unknown) when it is not known.'],
  ),
} as const

const identity = {
  'cn.identifier-missing': entry(
    'error',
    ['患者没有任何证件或编号，也没有写明原因。', 'The patient has no identifier and no reason why.'],
    [
      '请填写证件类型和证件号码；没有证件时写明缺失原因代码，例如 not-applicable（新生儿）、unknown（昏迷、无名氏）。',
      'Give the type and number of a document, or a coded reason: not-applicable (newborn), unknown (unidentified).',
    ],
  ),
  'cn.identity-document-missing': entry(
    'warning',
    [
      '患者只有院内编号，没有身份证件，也没有写明原因。',
      'The patient has hospital numbers only: no identity document and no reason why.',
    ],
    [
      '请补填证件类型和证件号码；没有证件时写明缺失原因代码，例如 not-applicable 或 unknown。',
      'Add the type and number of a document, or a coded reason such as not-applicable or unknown.',
    ],
  ),
  'cn.absent-reason-code': entry(
    'error',
    ['缺失原因不是规定的代码。', 'The reason for absence is not one of the codes.'],
    ['允许的代码：{allowed}', 'Allowed codes: {allowed}'],
  ),
  'cn.id-document-type': entry(
    'error',
    ['证件类型不是规定的代码。', 'The document type is not one of the codes.'],
    ['CV02.01.101 允许的代码：{allowed}', 'CV02.01.101 allows: {allowed}'],
  ),
  'cn.id-number-form': entry(
    'error',
    ['居民身份证号码的位数或字符不对。', 'The resident identity number has the wrong length or characters.'],
    [
      '应为 18 位：17 位数字加 1 位数字或 X（旧号码 15 位数字）。请对照证件重新录入。',
      'It has 17 digits and a digit or X (old ones 15 digits). Enter it again from the card.',
    ],
  ),
  'cn.id-number-check-character': entry(
    'error',
    [
      '居民身份证号码的校验位不对，多半是录错了一位。',
      'The check character of the identity number is wrong; most likely one digit was mistyped.',
    ],
    ['请对照证件重新录入。', 'Enter it again from the card.'],
  ),
  'cn.id-number-birth-date': entry(
    'warning',
    ['居民身份证号码里的出生日期不存在。', 'The birth date inside the identity number does not exist.'],
    ['请对照证件核对号码。', 'Check the number against the card.'],
  ),
  'cn.id-number-future': entry(
    'warning',
    [
      '居民身份证号码里的出生日期在今天以后。',
      'The birth date inside the identity number lies in the future.',
    ],
    ['请对照证件核对号码。', 'Check the number against the card.'],
  ),
  'cn.id-number-region': entry(
    'warning',
    ['居民身份证号码开头的地区代码不认识。', 'The region at the start of the identity number is not known.'],
    ['请对照证件核对号码的前两位。', 'Check the first two digits against the card.'],
  ),
  'cn.id-number-sex': entry(
    'warning',
    [
      '居民身份证号码表示的性别与登记的性别不同。',
      'The sex the identity number says differs from the one registered.',
    ],
    [
      '请核对号码第 17 位（单数为男，双数为女）和登记的性别。',
      'Check digit 17 (odd is male, even is female) and the registered sex.',
    ],
  ),
  'cn.id-number-birth-date-differs': entry(
    'warning',
    [
      '居民身份证号码里的出生日期与登记的出生日期不同。',
      'The birth date inside the identity number differs from the one registered.',
    ],
    ['请对照证件核对号码和出生日期。', 'Check the number and the birth date against the card.'],
  ),
  'cn.ethnic-group-code': entry(
    'error',
    ['民族代码不是国家标准的代码。', 'The ethnic group is not one of the national codes.'],
    [
      '请使用 GB/T 3304 的代码 01 到 56；不知道时请省去。',
      'Use a code of GB/T 3304, 01 to 56; leave it out when unknown.',
    ],
  ),
  'cn.marital-status-code': entry(
    'error',
    ['婚姻状况不是国家标准的代码。', 'The marital status is not one of the national codes.'],
    ['GB/T 2261.2 允许的代码：{allowed}', 'GB/T 2261.2 allows: {allowed}'],
  ),
} as const

const clinical = {
  'cn.main-diagnosis-missing': entry(
    'error',
    ['已完成的病案首页没有主要诊断。', 'The final front page has no main diagnosis.'],
    [
      '请由主管医师填写主要诊断及其编码，再提交首页。',
      'Let the responsible doctor fill in the main diagnosis and its code, then submit again.',
    ],
  ),
  'cn.main-diagnosis-several': entry(
    'error',
    ['病案首页有不止一个主要诊断。', 'The front page has more than one main diagnosis.'],
    ['主要诊断只能有一个，其余请列为其他诊断。', 'Keep one and list the others as other diagnoses.'],
  ),
  'cn.main-diagnosis-code': entry(
    'error',
    ['主要诊断没有编码。', 'The main diagnosis has no code.'],
    ['请填写 ICD-10 编码，例如 K74.600x003。', 'Give its ICD-10 code, such as K74.600x003.'],
  ),
  'cn.quantity-unit': entry(
    'error',
    ['数值没有单位。', 'The quantity has no unit.'],
    [
      '请写明单位；没有量纲的结果请用 UCUM 代码 1。',
      'State the unit; use the UCUM code 1 for results without dimension.',
    ],
  ),
  'cn.quantity-ucum': entry(
    'error',
    ['单位代码不是 UCUM 代码。', 'The unit code is not a UCUM code.'],
    [
      '请检查大小写和写法，例如 mmol/L、10*9/L、Cel。',
      'Check case and spelling, such as mmol/L, 10*9/L, Cel.',
    ],
  ),
  'cn.value-unit': entry(
    'error',
    ['{what}的单位不对。', 'The unit of {what} is not right.'],
    ['请使用 {unit} 或可以换算成 {unit} 的单位。', 'Use {unit} or a unit that converts to {unit}.'],
  ),
  'cn.value-range': entry(
    'error',
    [
      '{what}超出可能的范围（{low} 到 {high} {unit}）。',
      '{what} is outside the possible range ({low} to {high} {unit}).',
    ],
    [
      '多半是单位或小数点写错了，请对照原始记录核对。',
      'Most likely the unit or the decimal point is wrong; check the original record.',
    ],
  ),
} as const

/** The entries of this file. */
export const cnFindings = { ...sex, ...identity, ...clinical } as const
