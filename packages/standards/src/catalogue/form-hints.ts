/** How each FHIR primitive type is written, as a hint. */
import type { Bilingual } from '../finding.ts'

const hint = (zh: string, en: string): Bilingual => ({ zh, en })

/** By type code. */
export const formHints: Readonly<Record<string, Bilingual>> = {
  boolean: hint('请写 true 或 false，不加引号。', 'Write true or false, without quotes.'),
  integer: hint('请写整数，不加引号，不带小数点。', 'Write a whole number, without quotes or decimal point.'),
  unsignedInt: hint(
    '请写 0 或正整数，不加引号，不带小数点。',
    'Write zero or a positive whole number, without quotes.',
  ),
  positiveInt: hint(
    '请写大于 0 的整数，不加引号，不带小数点。',
    'Write a whole number above zero, without quotes.',
  ),
  decimal: hint('请写数字，不加引号，不带单位。', 'Write a number, without quotes and without unit.'),
  string: hint(
    '请写文字，不能为空，不能含控制字符。',
    'Write text that is not empty and has no control characters.',
  ),
  markdown: hint(
    '请写文字，不能为空，不能含控制字符。',
    'Write text that is not empty and has no control characters.',
  ),
  xhtml: hint('请写 XHTML 文字。', 'Write XHTML text.'),
  code: hint('请写代码，前后不能有空格。', 'Write a code without spaces at either end.'),
  id: hint(
    '只能用字母、数字、“-”和“.”，最长 64 个字符。',
    'Use letters, digits, "-" and "." only, at most 64 characters.',
  ),
  oid: hint('请写成 urn:oid:1.2.3 的形式。', 'Write it like urn:oid:1.2.3.'),
  uuid: hint('请写成 urn:uuid: 加小写 UUID 的形式。', 'Write urn:uuid: and a lower-case UUID.'),
  uri: hint('请写网址或标识，不能有空格。', 'Write an address or identifier without spaces.'),
  url: hint('请写网址，不能有空格。', 'Write an address without spaces.'),
  canonical: hint(
    '请写网址，不能有空格，可以用“|”加版本。',
    'Write an address without spaces; a version may follow "|".',
  ),
  base64Binary: hint('请写 Base64 编码的内容。', 'Write Base64.'),
  date: hint(
    '请写成 2024、2024-05 或 2024-05-31，日期必须存在。',
    'Write 2024, 2024-05 or 2024-05-31, a day that exists.',
  ),
  dateTime: hint(
    '请写成 2024-05-31 或 2024-05-31T08:30:00+08:00，有时间就要有时区，日期必须存在。',
    'Write 2024-05-31 or 2024-05-31T08:30:00+08:00; a time needs its zone, and the day must exist.',
  ),
  instant: hint(
    '请写成 2024-05-31T08:30:00+08:00，精确到秒，带时区。',
    'Write 2024-05-31T08:30:00+08:00, to the second and with the zone.',
  ),
  time: hint('请写成 08:30:00。', 'Write 08:30:00.'),
}
