/** Texts of everything that is said about HL7 v2: refusals of `connect` and `standardise`, and findings of the conversion. */
import type { Bilingual, Finding, Severity } from '@meridian/standards'

/** One entry of a catalogue of refusals. Neither text ever quotes what came. */
export interface CatalogueEntry {
  readonly code: string
  readonly severity?: Severity
  readonly message: Bilingual
  readonly hint: Bilingual
}

const entry = (code: string, message: [string, string], hint: [string, string]): CatalogueEntry => ({
  code,
  message: { zh: message[0], en: message[1] },
  hint: { zh: hint[0], en: hint[1] },
})

/** Refusals of the room `connect`. */
const connectEntries: readonly CatalogueEntry[] = [
  entry(
    'hl7v2.not-hl7',
    [
      '这不是 HL7 v2 消息：开头不是 MSH 段。',
      'This is not an HL7 v2 message: it does not begin with an MSH segment.',
    ],
    [
      '请检查发送系统的接口配置，消息必须以 MSH 段开头。',
      'Check the sending interface: a message begins with MSH.',
    ],
  ),
  entry(
    'hl7v2.xml-encoding',
    ['XML 编码的 HL7 v2 暂不支持。', 'HL7 v2 in its XML encoding is not supported.'],
    ['请让发送系统改用竖线分隔（ER7）编码。', 'Have the sender use the vertical-bar (ER7) encoding.'],
  ),
  entry(
    'hl7v2.empty',
    ['收到的内容为空。', 'What arrived is empty.'],
    ['请检查发送系统是否发送了空消息。', 'Check whether the sender sent an empty message.'],
  ),
  entry(
    'hl7v2.too-large',
    ['消息超过允许的大小。', 'The message is larger than allowed.'],
    [
      '请拆分消息，或把大附件改为引用。',
      'Split the message, or refer to large attachments instead of embedding them.',
    ],
  ),
  entry(
    'hl7v2.too-many-segments',
    ['消息的段数超过上限。', 'The message has more segments than allowed.'],
    ['请把消息拆成几条。', 'Split it into several messages.'],
  ),
  entry(
    'hl7v2.too-many-fields',
    ['某一段的字段数超过上限。', 'A segment has more fields than allowed.'],
    ['请检查该段是否缺少段结束符。', 'Check whether a segment terminator is missing there.'],
  ),
  entry(
    'hl7v2.separators',
    [
      'MSH-1/MSH-2 中的分隔符不完整或有重复。',
      'The separators in MSH-1 and MSH-2 are incomplete or repeat one another.',
    ],
    ['MSH-2 通常应为 ^~\\&,四个字符互不相同。', 'MSH-2 is usually ^~\\& : four different characters.'],
  ),
  entry(
    'hl7v2.segment',
    [
      '有一行不是 HL7 段（段名应为三个字符）。',
      'A line is not an HL7 segment (a name of three characters is expected).',
    ],
    [
      '请检查该行：文本中的换行应写成 \\.br\\,一条消息只能有一个 MSH。',
      'Check that line: a line break in text is written \\.br\\, and a message has one MSH only.',
    ],
  ),
  entry(
    'hl7v2.charset-unknown',
    ['不认识 MSH-18 中的字符集。', 'The character set in MSH-18 is not one we read.'],
    ['请在 MSH-18 填写 UNICODE UTF-8 或 GB 18030-2000。', 'Put UNICODE UTF-8 or GB 18030-2000 into MSH-18.'],
  ),
  entry(
    'hl7v2.charset-mismatch',
    [
      '消息的字节与 MSH-18 声明的字符集不符（缺省为 UTF-8）。',
      'The bytes are not in the character set that MSH-18 names (UTF-8 when it is empty).',
    ],
    [
      '如果发送系统使用 GBK/GB18030，请在 MSH-18 填写 GB 18030-2000。',
      'If the sender writes GBK or GB18030, put GB 18030-2000 into MSH-18.',
    ],
  ),
  entry(
    'hl7v2.control-id-missing',
    ['缺少消息控制号 MSH-10。', 'The message control id, MSH-10, is missing.'],
    ['请让发送系统为每条消息填写唯一的 MSH-10。', 'Have the sender give every message a unique MSH-10.'],
  ),
  entry(
    'hl7v2.message-type-missing',
    ['缺少消息类型 MSH-9。', 'The message type, MSH-9, is missing.'],
    ['请填写 MSH-9，例如 ADT^A01。', 'Fill MSH-9, for example ADT^A01.'],
  ),
  entry(
    'hl7v2.unexpected-sender',
    [
      'MSH-3/MSH-4 与该来源登记的发送系统不一致。',
      'MSH-3 and MSH-4 name another sender than the one this source is configured for.',
    ],
    [
      '请检查来源配置，或让该系统使用自己的端口。',
      "Check the source's configuration, or give that system a port of its own.",
    ],
  ),
  entry(
    'hl7v2.not-kept',
    ['本方暂时无法保存该消息。', 'The message cannot be kept at the moment.'],
    ['请稍后重发；发送系统应保留该消息。', 'Send it again later; the sender still has it.'],
  ),
  entry(
    'hl7v2.batch-count',
    [
      '批次尾段（BTS/FTS）中的条数与实际不符。',
      'The count in the trailer (BTS or FTS) is not what the batch holds.',
    ],
    ['文件可能不完整：请重新导出并重新发送。', 'The file may be cut: export and send it again.'],
  ),
  entry(
    'hl7v2.batch-structure',
    ['批文件的结构不正确（FHS/BHS/BTS/FTS）。', 'The batch structure (FHS, BHS, BTS, FTS) is broken.'],
    [
      '批头与批尾应成对出现，消息应在其间。',
      'Headers and trailers come in pairs, with messages between them.',
    ],
  ),
]

/** Refusals of the room `standardise`, which with `onBadValue: absent` become warnings where a value can be left out. */
const standardiseEntries: readonly CatalogueEntry[] = [
  entry(
    'hl7v2.unsupported-message',
    ['暂不支持此类 HL7 消息。', 'This kind of HL7 message is not supported yet.'],
    [
      '消息已保存；支持 ADT A01–A08、A11–A13、A28、A31、A40,ORU^R01 和 VXU^V04。',
      'It is kept. Supported: ADT A01-A08, A11-A13, A28, A31, A40, ORU^R01 and VXU^V04.',
    ],
  ),
  entry(
    'hl7v2.segment-missing',
    ['缺少必需的段。', 'A required segment is missing.'],
    [
      '请让发送系统按消息结构补上该段。',
      "Have the sender add that segment; the message's structure requires it.",
    ],
  ),
  entry(
    'hl7v2.field-missing',
    ['缺少必需的字段。', 'A required field is empty.'],
    ['请在发送系统中填写该字段。', 'Fill that field in the sending system.'],
  ),
  entry(
    'hl7v2.patient-id',
    ['没有患者标识号（PID-3）。', 'There is no patient identifier (PID-3).'],
    [
      '请在 PID-3 填写病历号或其他患者标识。',
      'Put the medical record number or another patient identifier into PID-3.',
    ],
  ),
  entry(
    'hl7v2.merge-id',
    ['合并消息没有被合并的患者号（MRG-1）。', 'The merge message has no prior patient number (MRG-1).'],
    ['请在 MRG-1 填写被合并的患者号。', 'Put the number that is merged away into MRG-1.'],
  ),
  entry(
    'hl7v2.merge-self',
    ['消息中的两个患者号是同一个。', 'Both patient numbers of the message are the same.'],
    [
      '请核对 PID-3 与 MRG-1（拆分消息为两个 PID-3）。',
      'Compare PID-3 with MRG-1, or the two PID-3 of an unlink.',
    ],
  ),
  entry(
    'hl7v2.not-merged',
    [
      '要拆分的两个患者在本节点并没有合并在一起。',
      'The two patients to be taken apart are not merged with each other here.',
    ],
    [
      '请核对两个 PID-3；若合并消息（A40）尚未到达，待其接收后再重试本消息。',
      'Compare the two PID-3. If the merge (A40) has not come yet, try this one again after it.',
    ],
  ),
  entry(
    'hl7v2.unlink-pair',
    ['拆分消息含有两个以上的患者。', 'The unlink message names more than two patients.'],
    ['请每条消息只拆分一对患者。', 'Take apart one pair of patients with each message.'],
  ),
  entry(
    'hl7v2.time',
    ['时间格式不正确。', 'This is not a valid time.'],
    [
      '请使用 YYYYMMDD[HHMM[SS]] 并核对日期是否存在。',
      'Use YYYYMMDD[HHMM[SS]] and check that the day exists.',
    ],
  ),
  entry(
    'hl7v2.sex-code',
    ['性别代码无效。', 'The sex code is not valid.'],
    [
      '请使用 GB/T 2261.1(0、1、2、9)或 HL7 表 0001(M、F、O、U、A、N)。',
      'Use GB/T 2261.1 (0, 1, 2, 9) or HL7 table 0001 (M, F, O, U, A, N).',
    ],
  ),
  entry(
    'hl7v2.code',
    ['代码不在规定的表中。', 'The code is not in the table that applies here.'],
    ['请按该字段的 HL7 表填写代码。', "Use a code of this field's HL7 table."],
  ),
  entry(
    'hl7v2.number',
    ['应为数值，但内容不是数字。', 'A number is expected here.'],
    [
      '请填写数字；文字结果请用 ST 或 TX 类型（OBX-2）。',
      'Write a number, or send a text result as ST or TX (OBX-2).',
    ],
  ),
  entry(
    'hl7v2.unit-missing',
    [
      '数值没有单位：值、OBX-6 和来源映射中都没有。',
      'The value has no unit: neither beside it, nor in OBX-6, nor in the mapping of the source.',
    ],
    [
      '请在 OBX-6 填写单位（如 Cel 或 ℃），或在来源映射中为该项目指定单位。',
      'Put the unit into OBX-6 (Cel or ℃, for example), or name it for this item in the mapping of the source.',
    ],
  ),
  entry(
    'hl7v2.unit-unknown',
    ['单位不是已知的 UCUM 单位，已按原文保留。', 'The unit is not one we know; it is kept as written.'],
    [
      '建议在 OBX-6 使用 UCUM 单位，以便比较与换算。',
      'Prefer a UCUM unit in OBX-6, so that values can be compared and converted.',
    ],
  ),
  entry(
    'hl7v2.value-type',
    ['不支持的结果类型（OBX-2）。', 'The value type in OBX-2 is not supported.'],
    [
      '请使用 NM、SN、ST、TX、FT、CE、CWE、DT、DTM、TM、ED 或 RP。',
      'Use NM, SN, ST, TX, FT, CE, CWE, DT, DTM, TM, ED or RP.',
    ],
  ),
  entry(
    'hl7v2.visit-number',
    [
      '就诊没有就诊号（PV1-19），无法与后续消息对应。',
      'The visit has no number (PV1-19), so later messages cannot be matched to it.',
    ],
    ['请在 PV1-19 填写住院号或门诊号。', 'Put the visit number into PV1-19.'],
  ),
  entry(
    'hl7v2.segment-unmapped',
    [
      '没有映射说明这个自定义段的含义，内容未转换。',
      'No mapping says what this segment of the site means; it was not converted.',
    ],
    [
      '原始消息已完整保存。请为该段编写映射，再重新处理。',
      'The message is kept whole. Write a mapping for the segment and take it in again.',
    ],
  ),
  entry(
    'hl7v2.attachment',
    ['附件内容不是所声明的编码。', 'The attachment is not in the encoding it names.'],
    ['请核对 OBX-5.4(A、Hex 或 Base64)与内容。', 'Compare OBX-5.4 (A, Hex or Base64) with the content.'],
  ),
]

/** All texts; the catalogue of the corridor takes them in. */
export const hl7Catalogue: readonly CatalogueEntry[] = [...connectEntries, ...standardiseEntries]

const byCode = new Map(hl7Catalogue.map((item) => [item.code, item]))

/** A finding of the conversion with the texts of its code. Throws for a code without texts: that is a bug. */
export function findingHl7(code: string, path: string, severity: Severity): Finding {
  const found = byCode.get(code)
  if (found === undefined) throw new Error(`no text for ${code}`)
  return { code, path, severity, message: found.message, hint: found.hint }
}

/** The words for a code of HL7 v2, or undefined when it is another room's. */
export function explainHl7(code: string): CatalogueEntry | undefined {
  return byCode.get(code)
}
