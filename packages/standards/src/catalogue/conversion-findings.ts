/** Findings of a conversion between organisations: what the receiver gets in another form, or not at all. */
import { entry } from './template.ts'

/** The entries of this file. */
export const conversionFindings = {
  'conversion.no-map': entry(
    'warning',
    [
      '{element}使用的编码体系接收方不使用，双方也没有现行的映射。',
      'The receiver does not use the code system of {element}, and there is no map in force for it.',
    ],
    [
      '原编码已照原样保留。请在标准登记处发布或采用一份映射，再转换一次。',
      'The code is kept as it is. Publish or adopt a map in the registry of standards and convert again.',
    ],
  ),
  'conversion.no-target': entry(
    'warning',
    ['映射里{element}的编码没有对应的目标编码。', 'The map has no target for the code of {element}.'],
    [
      '原编码已保留。请由编码人员确认，或为该映射提出变更申请。',
      'The code is kept. Let a coder decide, or ask for a change of the map.',
    ],
  ),
  'conversion.wider': entry(
    'warning',
    [
      '{element}的目标编码比原编码宽，含义有所损失。',
      'The target code of {element} means more than the original: precision is lost.',
    ],
    ['请同时参看保留的原编码。', 'Read the original code beside it.'],
  ),
  'conversion.inexact': entry(
    'warning',
    ['{element}的目标编码与原编码只是近似。', 'The target code of {element} is only close to the original.'],
    ['请同时参看保留的原编码和映射的说明。', 'Read the original code beside it, and the advice of the map.'],
  ),
  'conversion.unit': entry(
    'warning',
    [
      '{element}的单位不能换算成接收方使用的 {unit}。',
      'The unit of {element} cannot be converted to {unit}, which the receiver uses.',
    ],
    ['数值和单位已照原样保留。', 'Value and unit are kept as they are.'],
  ),
  'conversion.rounded': entry(
    'warning',
    ['{element}换算成 {unit} 时作了舍入。', '{element} was rounded when it was converted to {unit}.'],
    ['需要精确值时请参看原记录。', 'Look at the original record when the exact value matters.'],
  ),
} as const
