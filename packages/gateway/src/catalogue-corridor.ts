/** Texts of the refusals that belong to no single format: control ids, sources, storing, and our own faults. */
import type { CatalogueEntry } from './catalogue-hl7v2.ts'

const entry = (code: string, message: [string, string], hint: [string, string]): CatalogueEntry => ({
  code,
  message: { zh: message[0], en: message[1] },
  hint: { zh: hint[0], en: hint[1] },
})

/** The corridor's own refusals. */
export const corridorCatalogue: readonly CatalogueEntry[] = [
  entry(
    'connect.control-id-reused',
    ['同一来源已用过这个控制号，但内容不同。', 'This source used the control id before, with other content.'],
    [
      '请让来源系统为每条消息使用新的控制号；更正内容请发送更新消息。',
      'Have the source give every message a new control id; send corrections as updates.',
    ],
  ),
  entry(
    'connect.source-unknown',
    ['配置中已没有这个来源系统。', 'The source of this item is no longer configured.'],
    [
      '请在 meridian.json 的 sources 中恢复该来源，然后重试。',
      'Restore the source in meridian.json (sources), then try again.',
    ],
  ),
  entry(
    'connect.file-kind-unknown',
    ['无法判断这个文件是哪一种格式。', 'Nobody can tell what kind of file this is.'],
    [
      '支持 HL7 v2(.hl7)、FHIR(.json、.ndjson)和带映射的 CSV；请检查扩展名和内容。',
      'HL7 v2 (.hl7), FHIR (.json, .ndjson) and CSV with a mapping are read; check the extension and the content.',
    ],
  ),
  entry(
    'connect.mapping-missing',
    ['CSV 文件没有可用的映射。', 'There is no mapping for this CSV file.'],
    [
      '请为该来源配置 mapping，或在命令中用 --mapping 指定映射文件。',
      'Configure a mapping for the source, or name one with --mapping.',
    ],
  ),
  entry(
    'standardise.form-unknown',
    ['收到的内容形式无法识别。', 'The form of this item is unknown.'],
    ['请联系信息科核对接口。', 'Ask the IT department to check the interface.'],
  ),
  entry(
    'standardise.unexpected',
    [
      '转换时出现程序错误；原文已完整保留。',
      'The conversion hit a fault of ours; the bytes are kept as they came.',
    ],
    [
      '请将此编号报告给软件维护方；修复后可直接重试，无需重新发送。',
      'Report this id to the maintainers; after the mend try again, nothing needs to be sent again.',
    ],
  ),
  entry(
    'store.exists',
    ['要新建的记录已经存在。', 'The record to be created exists already.'],
    ['请改为更新（PUT），或使用新的编号。', 'Update it instead (PUT), or use a new id.'],
  ),
  entry(
    'store.version-conflict',
    ['记录在此期间已被他人更新。', 'The record was updated by somebody else in the meantime.'],
    ['请读取最新版本，在其上修改后再提交。', 'Read the newest version, change that, and send it again.'],
  ),
]
