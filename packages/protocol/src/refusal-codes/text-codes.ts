/** 6xx canonical text, 7xx commitments, genesis and logs. Append only (spec 6). */
import type { RefusalRow } from './row.ts'

export const textCodes = [
  {
    code: 'text.not-utf8',
    number: 601,
    en: 'The bytes are not valid UTF-8 from byte {offset}. Save the file as UTF-8, or declare its encoding at the source.',
    zh: '从第 {offset} 字节起不是有效的 UTF-8。请将文件存为 UTF-8，或在来源处声明其编码。',
  },
  {
    code: 'text.syntax',
    number: 602,
    en: 'Not JSON at line {line}, column {column}. Compare with RFC 8259.',
    zh: '第 {line} 行第 {column} 列不是 JSON。请对照 RFC 8259 检查。',
  },
  {
    code: 'text.unexpected-end',
    number: 603,
    en: 'The JSON ends too early, at line {line}, column {column}. The text was cut off or a bracket is missing.',
    zh: 'JSON 在第 {line} 行第 {column} 列过早结束。文本被截断或缺少括号。',
  },
  {
    code: 'text.trailing-content',
    number: 604,
    en: 'Something follows the JSON value at line {line}, column {column}. Send one value and nothing else.',
    zh: '第 {line} 行第 {column} 列：JSON 值之后还有内容。只发送一个值。',
  },
  {
    code: 'text.duplicate-key',
    number: 605,
    en: 'An object has the same member twice, at line {line}, column {column}. Keep one of them.',
    zh: '第 {line} 行第 {column} 列：对象中有重复的成员。请只保留一个。',
  },
  {
    code: 'text.lone-surrogate',
    number: 606,
    en: 'Half of a surrogate pair at line {line}, column {column}. A character was cut in two.',
    zh: '第 {line} 行第 {column} 列：代理对只有一半，字符被截断。',
  },
  {
    code: 'text.bad-escape',
    number: 607,
    en: 'An escape that JSON does not have, at line {line}, column {column}.',
    zh: '第 {line} 行第 {column} 列：JSON 没有这种转义。',
  },
  {
    code: 'text.control-character',
    number: 608,
    en: 'A raw control character inside a string at line {line}, column {column}. Write it as an escape.',
    zh: '第 {line} 行第 {column} 列：字符串中有未转义的控制字符。请写成转义形式。',
  },
  {
    code: 'text.bad-number',
    number: 609,
    en: 'Not a JSON number at line {line}, column {column}: no leading zero or plus sign, digits on both sides of the point.',
    zh: '第 {line} 行第 {column} 列不是 JSON 数字：不得有前导零或正号，小数点两侧须有数字。',
  },
  {
    code: 'text.too-large',
    number: 610,
    en: 'The text has more than {limit} bytes.',
    zh: '文本超过 {limit} 字节。',
  },
  {
    code: 'text.too-deep',
    number: 611,
    en: 'Nested deeper than {limit} levels at line {line}, column {column}.',
    zh: '第 {line} 行第 {column} 列：嵌套超过 {limit} 层。',
  },
  {
    code: 'text.too-many-members',
    number: 612,
    en: 'More than {limit} members and array items, at line {line}, column {column}.',
    zh: '第 {line} 行第 {column} 列：成员和数组项超过 {limit} 个。',
  },
  {
    code: 'commitment.malformed',
    number: 701,
    en: 'Not an opening of a commitment, at {place}.',
    zh: '不是承诺的开启数据，位置：{place}。',
  },
  {
    code: 'commitment.unknown-path',
    number: 702,
    en: 'The record has no element at one of the paths asked for ({index}).',
    zh: '记录中没有所要求的第 {index} 个路径的元素。',
  },
  {
    code: 'commitment.mismatch',
    number: 703,
    en: 'The elements do not lead to the commitment.',
    zh: '这些元素无法推导出承诺值。',
  },
  {
    code: 'genesis.malformed',
    number: 710,
    en: 'Not a genesis document, at {place}.',
    zh: '不是创世文档，位置：{place}。',
  },
  {
    code: 'genesis.not-canonical',
    number: 711,
    en: 'The genesis document is not the canonical form of what it says.',
    zh: '创世文档不是其内容的规范形式。',
  },
] as const satisfies readonly RefusalRow[]
