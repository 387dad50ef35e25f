/** Findings about bytes that should be FHIR JSON, before a resource can be seen in them. */
import { entry } from './template.ts'

/** The codes, append-only. */
export const textFindings = {
  'text.malformed': entry(
    'error',
    [
      '内容不是正确的 JSON（第 {line} 行第 {column} 列）。',
      'This is no well-formed JSON (line {line}, column {column}).',
    ],
    [
      '请在该处检查引号、逗号和括号，重复的成员名也不允许（{rule}）；最好由系统重新导出。',
      'Look at quotes, commas and brackets there; a member may stand only once ({rule}). Best export it again.',
    ],
  ),
  'text.not-text': entry(
    'error',
    ['内容不是 UTF-8 文本。', 'The bytes are no UTF-8 text.'],
    ['请以 UTF-8 编码重新导出。', 'Export it again in UTF-8.'],
  ),
  'text.over-limit': entry(
    'error',
    ['内容超出限制（{rule}：{limit}）。', 'The content is beyond a limit ({rule}: {limit}).'],
    ['请分成几个文件，或使用 NDJSON。', 'Split it into several files, or use NDJSON.'],
  ),
  'text.empty': entry(
    'error',
    ['文件中没有任何资源。', 'There is no resource in the file.'],
    ['请确认导出的是 FHIR JSON 或 NDJSON。', 'Make sure that FHIR JSON or NDJSON was exported.'],
  ),
} as const
