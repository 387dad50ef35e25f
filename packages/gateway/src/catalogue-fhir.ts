/** Texts of every refusal about FHIR JSON, from files and over REST: rooms `connect` and `standardise`. */
import { type CatalogueWords, words } from './catalogue-entry.ts'
import { restWords } from './catalogue-fhir-rest.ts'
import { terminologyWords } from './catalogue-terminology.ts'

/** Whether a text is JSON at all (the codes of the strict reader, `protocol`). */
const textWords: readonly CatalogueWords[] = [
  words(
    'text.not-utf8',
    ['内容不是 UTF-8 编码。', 'The content is not UTF-8.'],
    [
      'FHIR JSON 必须是 UTF-8：请在导出时选择 UTF-8。',
      'FHIR JSON is always UTF-8: choose UTF-8 when exporting.',
    ],
  ),
  words(
    'text.syntax',
    ['这里不是有效的 JSON。', 'This is not valid JSON here.'],
    [
      '请检查所指行列处的逗号、引号和括号。',
      'Look at commas, quotes and brackets at the line and column given.',
    ],
  ),
  words(
    'text.unexpected-end',
    ['JSON 没有写完就结束了。', 'The JSON ends before it is complete.'],
    ['文件可能在传输中被截断，请重新发送。', 'The file was probably cut off on the way: send it again.'],
  ),
  words(
    'text.trailing-content',
    ['JSON 结束后还有多余内容。', 'There is more after the end of the JSON.'],
    [
      '一个文件只放一个资源或 Bundle；多个资源请用 NDJSON（扩展名 .ndjson，每行一个）。',
      'A file holds one resource or Bundle; for several use NDJSON (extension .ndjson, one a line).',
    ],
  ),
  words(
    'text.duplicate-key',
    ['同一个对象里有重复的成员名。', 'An object has the same member name twice.'],
    ['请删除所指位置的重复成员。', 'Remove the repeated member at the place given.'],
  ),
  words(
    'text.lone-surrogate',
    ['字符串里有不完整的 Unicode 字符。', 'A string holds half of a Unicode character.'],
    [
      '请检查导出程序处理生僻字和表情符号的方式。',
      'Check how the exporting program writes rare characters and emoji.',
    ],
  ),
  words(
    'text.bad-escape',
    ['字符串里的反斜杠转义无效。', 'A backslash escape in a string is not valid.'],
    ['反斜杠本身要写成 \\\\。', 'A backslash itself is written \\\\.'],
  ),
  words(
    'text.control-character',
    ['字符串里有未转义的控制字符。', 'A string holds a control character that is not escaped.'],
    ['换行写成 \\n，制表符写成 \\t。', 'A line break is written \\n, a tab \\t.'],
  ),
  words(
    'text.bad-number',
    ['这里不是有效的数字。', 'This is not a valid number.'],
    [
      '数字不能有前导零、加号或以小数点结尾。',
      'A number has no leading zero, no plus sign and does not end with a point.',
    ],
  ),
  words(
    'text.too-large',
    ['内容超过允许的大小。', 'The content is larger than allowed.'],
    ['请拆成几个文件，或改用 NDJSON。', 'Split it into several files, or use NDJSON.'],
  ),
  words(
    'text.too-deep',
    ['JSON 嵌套层数超过上限。', 'The JSON is nested deeper than allowed.'],
    [
      '正常的 FHIR 资源不会嵌套这么深，请检查导出程序。',
      'No ordinary FHIR resource is nested so deep: check the exporting program.',
    ],
  ),
  words(
    'text.too-many-members',
    ['JSON 的成员数超过上限。', 'The JSON has more members than allowed.'],
    ['请拆成几个较小的 Bundle。', 'Split it into several smaller Bundles.'],
  ),
]

/** What a resource, a Bundle or an entry asks that we cannot do. */
const fhirWords: readonly CatalogueWords[] = [
  words(
    'fhir.document.too-large',
    ['文件超过允许的大小，没有读入。', 'The file is larger than allowed and was not read.'],
    [
      '请拆成几个文件，或改用 NDJSON（按行读取，不限大小）。',
      'Split it, or use NDJSON, which is read line by line at any size.',
    ],
  ),
  words(
    'fhir.line.too-long',
    [
      'NDJSON 的这一行超过允许的长度，没有读入。',
      'This line of the NDJSON file is longer than allowed and was not read.',
    ],
    [
      '请检查是否缺少换行；大附件请改为引用。',
      'Check for a missing line break; refer to large attachments instead of embedding them.',
    ],
  ),
  words(
    'fhir.resource.no-type',
    [
      '缺少有效的 resourceType，不是 FHIR 资源。',
      'There is no valid resourceType: this is not a FHIR resource.',
    ],
    [
      '每个资源必须以 resourceType 说明类型，例如 Patient。',
      'Every resource states its type in resourceType, for example Patient.',
    ],
  ),
  words(
    'fhir.type-mismatch',
    ['资源类型与请求地址中的类型不一致。', 'The type of the resource is not the type in the address.'],
    ['请把资源发送到与其类型相同的地址。', 'Send the resource to the address of its own type.'],
  ),
  words(
    'fhir.id-mismatch',
    [
      '资源的 id 与请求地址中的 id 不一致或缺失。',
      'The id of the resource is missing or not the one in the address.',
    ],
    ['更新时资源必须带有与地址相同的 id。', 'An update carries the same id as its address.'],
  ),
  words(
    'fhir.bundle.empty',
    ['Bundle 里没有可处理的条目。', 'The Bundle has no entries to act on.'],
    ['请检查 Bundle.entry 是否为空。', 'Check whether Bundle.entry is empty.'],
  ),
  words(
    'fhir.bundle.type',
    [
      '这里只接受 transaction 或 batch 类型的 Bundle。',
      'Only a Bundle of type transaction or batch is taken here.',
    ],
    [
      '其他类型的 Bundle 请作为资源发送到 /Bundle。',
      'Send a Bundle of another type to /Bundle as a resource.',
    ],
  ),
  words(
    'fhir.entry.no-request',
    ['条目缺少 request，不知道要做什么。', 'The entry has no request, so it does not say what to do.'],
    [
      'transaction 和 batch 的每个条目必须有 request.method 和 request.url。',
      'Every entry of a transaction or batch has request.method and request.url.',
    ],
  ),
  words(
    'fhir.entry.no-resource',
    ['条目缺少 resource。', 'The entry has no resource.'],
    ['POST 和 PUT 的条目必须带资源。', 'An entry with POST or PUT carries a resource.'],
  ),
  words(
    'fhir.entry.method',
    ['不支持条目的 request.method。', 'The request.method of the entry is not supported.'],
    ['请使用 POST、PUT、DELETE 或 GET。', 'Use POST, PUT, DELETE or GET.'],
  ),
  words(
    'fhir.entry.operation',
    ['不支持在 Bundle 里调用操作（$）。', 'Operations ($) inside a Bundle are not supported.'],
    ['请从 Bundle 中去掉该条目。', 'Take this entry out of the Bundle.'],
  ),
  words(
    'fhir.entry.question-in-file',
    [
      '文件里的条目是查询（GET），没有可入库的内容。',
      'An entry of a file is a question (GET): there is nothing to take in.',
    ],
    ['查询请通过 FHIR REST 接口发送。', 'Send questions to the FHIR REST door.'],
  ),
  words(
    'fhir.entry.url',
    ['条目的 request.url 不是资源地址。', 'The request.url of the entry is not the address of a resource.'],
    [
      'PUT 和 DELETE 的地址应为 类型/id 或 类型？条件。',
      'For PUT and DELETE it is Type/id or Type?condition.',
    ],
  ),
  words(
    'fhir.entry.url-mismatch',
    [
      '条目的 request.url 与资源的类型或 id 不一致。',
      'The request.url of the entry does not agree with the type or id of its resource.',
    ],
    ['请让 request.url 与资源一致。', 'Make request.url agree with the resource.'],
  ),
  words(
    'fhir.entry.same-record',
    ['同一事务里有两个条目指向同一条记录。', 'Two entries of the transaction mean the same record.'],
    ['一个事务里每条记录只能出现一次。', 'A record may appear only once in a transaction.'],
  ),
  words(
    'fhir.if-match.unreadable',
    ['If-Match 里的版本号无法识别。', 'The version in If-Match cannot be read.'],
    ['请写成 W/"3" 的形式。', 'Write it as W/"3".'],
  ),
  words(
    'fhir.condition.many',
    [
      '条件匹配到多条记录，无法确定是哪一条。',
      'The condition matches several records, so it is not certain which one is meant.',
    ],
    ['请使用能唯一确定一条记录的标识符。', 'Use an identifier that only one record has.'],
  ),
  words(
    'fhir.condition.unsupported',
    ['条件里的检索参数不受支持。', 'The condition uses a search parameter that is not supported.'],
    ['条件请使用 identifier 或 _id。', 'Use identifier or _id in conditions.'],
  ),
  words(
    'fhir.reference.placeholder',
    ['引用了 Bundle 里不存在的条目（urn:uuid）。', 'A reference (urn:uuid) leads to no entry of the Bundle.'],
    [
      '请检查被引用条目的 fullUrl 是否写全，或条目是否漏发。',
      'Check the fullUrl of the entry referred to, or whether it was left out.',
    ],
  ),
  words(
    'fhir.reference.condition',
    ['条件引用没有匹配到唯一的一条记录。', 'A conditional reference does not match exactly one record.'],
    [
      '请先发送被引用的记录，或改用 类型/id 引用。',
      'Send the record referred to first, or refer to it as Type/id.',
    ],
  ),
]

/** All texts about FHIR JSON. */
export const fhirCatalogue: readonly CatalogueWords[] = [
  ...textWords,
  ...fhirWords,
  ...restWords,
  ...terminologyWords,
]
