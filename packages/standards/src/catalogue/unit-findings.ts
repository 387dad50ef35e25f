/** Findings of the unit reader. */
import { entry } from './template.ts'

/** The entries of this file. */
export const unitFindings = {
  'unit.missing': entry(
    'error',
    ['{element}只有数字，没有单位。', '{element} is a number without a unit.'],
    [
      '请写上单位，例如 36.5℃；也可以填单位栏，或在来源的映射里写明这一项的单位。',
      "Write the unit, such as 36.5 Cel; or fill the unit field, or state the unit in the source's mapping.",
    ],
  ),
  'unit.unknown': entry(
    'error',
    ['{element}的单位认不出来。', 'The unit of {element} is not known.'],
    [
      '请使用常用单位或 UCUM 代码，例如 mmol/L、g/L、10*9/L。',
      'Use a common unit or a UCUM code, such as mmol/L, g/L, 10*9/L.',
    ],
  ),
  'unit.not-a-number': entry(
    'error',
    ['{element}不是数字，不能作为测量值。', '{element} is not a number and cannot be a measured value.'],
    [
      '请写数字加单位，例如 5.6 mmol/L；文字结果请用文字类型发送。',
      'Write a number and its unit, such as 5.6 mmol/L; send text results as text.',
    ],
  ),
  'unit.ambiguous-number': entry(
    'error',
    [
      '{element}里的逗号可能是小数点，也可能是千位分隔。',
      'The comma in {element} could be a decimal or a thousands separator.',
    ],
    [
      '请用小数点写小数，并去掉千位分隔，例如 1234 或 1.234。',
      'Write decimals with a point and no separators, such as 1234 or 1.234.',
    ],
  ),
  'unit.not-convertible': entry(
    'error',
    ['{element}的单位不能换算成 {unit}。', 'The unit of {element} cannot be converted to {unit}.'],
    [
      '请检查单位是否写对，应当与 {unit} 是同一类量。',
      'Check the unit; it must measure the same kind of quantity as {unit}.',
    ],
  ),
} as const
