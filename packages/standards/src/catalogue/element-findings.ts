/** Findings about data elements and about rules over several of them. */
import { entry } from './template.ts'

const elements = {
  'element.missing': entry(
    'error',
    ['缺少必填的数据元：{what}（{id}）。', 'A mandatory data element is missing: {what} ({id}).'],
    [
      '请补填；确实没有时写明缺失原因代码（{allowed}）。',
      'Fill it in; where it cannot be known give a coded reason ({allowed}).',
    ],
  ),
  'element.absent-reason': entry(
    'error',
    [
      '数据元的缺失原因不被接受：{what}（{id}）。',
      'The reason for absence is not accepted for {what} ({id}).',
    ],
    ['可用的缺失原因：{allowed}。', 'Accepted reasons: {allowed}.'],
  ),
  'element.format': entry(
    'error',
    ['数据元不符合表示格式：{what}（{id}）。', 'The value of {what} ({id}) does not keep to its format.'],
    ['格式应为 {format}；请在来源系统改正。', 'The format is {format}; correct it in the source system.'],
  ),
  'element.domain': entry(
    'error',
    ['数据元的值不在值域内：{what}（{id}）。', 'The value of {what} ({id}) is outside its value domain.'],
    ['允许的代码：{allowed}。', 'Allowed codes: {allowed}.'],
  ),
  'element.range': entry(
    'error',
    ['数据元的值超出范围：{what}（{id}）。', 'The value of {what} ({id}) is out of range.'],
    [
      '应在 {low} 与 {high} {unit} 之间；请核对数值和单位。',
      'It lies between {low} and {high} {unit}; check value and unit.',
    ],
  ),
  'element.unit': entry(
    'error',
    [
      '数据元缺少单位或单位不能换算：{what}（{id}）。',
      'The unit of {what} ({id}) is missing or cannot be converted.',
    ],
    ['请写明可换算为 {unit} 的 UCUM 单位。', 'Give a UCUM unit that converts to {unit}.'],
  ),
} as const

const rules = {
  'rule.order': entry(
    'error',
    ['时间先后不合理：{what}。', 'The dates are not in order: {what}.'],
    ['请核对两个时间，改正写错的一个。', 'Check both dates and correct the wrong one.'],
  ),
  'rule.sex': entry(
    'error',
    ['诊断与性别不符：{what}。', 'Diagnosis and sex contradict each other: {what}.'],
    ['请核对性别登记和诊断编码。', 'Check the registered sex and the code of the diagnosis.'],
  ),
  'rule.diagnosis-procedure': entry(
    'warning',
    ['主要诊断与手术操作不对应：{what}。', 'Main diagnosis and procedure do not go together: {what}.'],
    [
      '请核对主要诊断的选择和手术编码；确有其他原因时请补充诊断。',
      'Check the choice of the main diagnosis and the code of the procedure; add the diagnosis that explains it.',
    ],
  ),
  'rule.duplicate': entry(
    'error',
    ['重复的记录：{what}。', 'The same is recorded twice: {what}.'],
    [
      '请删去其中一条，或者改正使两条不同的内容。',
      'Remove one of them, or correct what should tell them apart.',
    ],
  ),
  'rule.required': entry(
    'error',
    ['本用途要求但缺少：{what}。', 'This use asks for what is missing: {what}.'],
    ['请补填后再提供给本用途。', 'Fill it in before the data serve this use.'],
  ),
  'rule.format': entry(
    'error',
    ['不符合采集模板的格式：{what}。', 'It does not keep to the format of the collection template: {what}.'],
    ['格式应为 {format}。', 'The format is {format}.'],
  ),
  'rule.range': entry(
    'error',
    [
      '超出采集模板的范围或缺少单位：{what}。',
      'It is outside the range of the collection template, or has no unit: {what}.',
    ],
    ['应在 {low} 与 {high} {unit} 之间。', 'It lies between {low} and {high} {unit}.'],
  ),
} as const

const templates = {
  'template.parameter-unknown': entry(
    'error',
    ['模板没有这个参数。', 'The template has no such parameter.'],
    ['可用的参数：{allowed}。', 'Its parameters: {allowed}.'],
  ),
  'template.parameter-value': entry(
    'error',
    ['参数的值不被允许：{what}。', 'The value of a parameter is not allowed: {what}.'],
    ['允许：{allowed}。', 'Allowed: {allowed}.'],
  ),
} as const

const imports = {
  'import.unreadable': entry(
    'error',
    ['表格无法读取（{rule}）。', 'The table cannot be read ({rule}).'],
    [
      '请另存为 CSV（UTF-8 或 GB 18030）或 XLSX，不超过 {limit} 行。',
      'Save it as CSV (UTF-8 or GB 18030) or XLSX of at most {limit} rows.',
    ],
  ),
  'import.heading': entry(
    'error',
    ['表头缺少必要的列。', 'The headings lack columns that are needed.'],
    ['请补上：{needed}。', 'Add the columns: {needed}.'],
  ),
  'import.row': entry(
    'error',
    ['第 {row} 行没有导入：{fault}。', 'Row {row} was not imported: {fault}.'],
    ['请在原表改正这一行后重新导入。', 'Correct the row in the table and import it again.'],
  ),
} as const

/** The codes, append-only. */
export const elementFindings = { ...elements, ...rules, ...templates, ...imports } as const
