/** Texts of every refusal about tables: reading them, the mapping document, and the values of their cells. */
import { type CatalogueWords, words } from './catalogue-entry.ts'

const readingWords: readonly CatalogueWords[] = [
  words(
    'csv.encoding.utf16',
    ['文件是 UTF-16 编码。', 'The file is UTF-16.'],
    ['请在 Excel 中另存为“CSV UTF-8”。', 'In Excel, save it as "CSV UTF-8".'],
  ),
  words(
    'csv.headings.none',
    ['文件里没有表头。', 'The file has no headings.'],
    ['第一行应为列名。', 'The first line holds the names of the columns.'],
  ),
  words(
    'csv.headings.unreadable',
    ['表头行无法读取。', 'The line of headings cannot be read.'],
    ['请检查文件编码和引号。', 'Check the encoding of the file and its quotes.'],
  ),
  words(
    'csv.headings.unknown',
    ['有一列的表头不在映射里。', 'A heading is not in the mapping.'],
    [
      '请在映射的 columns 中为它增加同义表头，或列入 ignored。',
      'Add it as a synonym under columns in the mapping, or to ignored.',
    ],
  ),
  words(
    'csv.headings.twice',
    ['两列的表头对应到映射里的同一列。', 'Two headings mean the same column of the mapping.'],
    ['请删除或改名其中一列。', 'Remove or rename one of them.'],
  ),
  words(
    'csv.headings.missing',
    ['缺少映射要求的一列。', 'A column that the mapping requires is missing.'],
    ['请补上该列，或在映射里标为 optional。', 'Add the column, or mark it optional in the mapping.'],
  ),
  words(
    'csv.headings.count',
    ['列数与映射规定的不同。', 'The number of columns is not the one the mapping states.'],
    [
      '请检查分隔符是否正确，或导出时是否多选、漏选了列。',
      'Check the delimiter, and whether a column was added or left out on export.',
    ],
  ),
  words(
    'csv.columns.too-many',
    ['列数超过上限。', 'There are more columns than allowed.'],
    ['请只导出需要的列。', 'Export the needed columns only.'],
  ),
  words(
    'csv.row.too-long',
    ['这一行超过允许的长度。', 'The row is longer than allowed.'],
    ['请检查是否缺少换行或引号没有成对。', 'Check for a missing line break or an unpaired quote.'],
  ),
  words(
    'csv.row.open-quote',
    ['这一行的引号没有闭合。', 'A quote in this row never closes.'],
    ['请补上引号；单元格里的引号应写两遍。', 'Close it; a quote inside a cell is written twice.'],
  ),
  words(
    'csv.row.encoding',
    ['这一行的字节与文件编码不符。', 'The bytes of this row are not in the encoding of the file.'],
    [
      '请统一保存为 UTF-8，或在映射里写明 gb18030。',
      'Save the whole file as UTF-8, or state gb18030 in the mapping.',
    ],
  ),
  words(
    'csv.row.malformed',
    ['这一行的引号用法有误。', 'The quotes in this row are misplaced.'],
    ['含分隔符或换行的单元格应整体加引号。', 'Quote a whole cell when it holds a delimiter or a line break.'],
  ),
  words(
    'csv.row.columns',
    ['这一行的单元格数与表头不同。', 'The row has not as many cells as there are headings.'],
    ['请检查是否有未加引号的分隔符。', 'Check for a delimiter inside a cell that is not quoted.'],
  ),
]

const valueWords: readonly CatalogueWords[] = [
  words(
    'csv.value.number',
    [
      '单元格不是数字，或小数点写法与映射不同。',
      'The cell is not a number, or its decimal mark is not the one of the mapping.',
    ],
    [
      '请写成普通数字，不带千位分隔符；缺失值请用映射里约定的写法。',
      'Write a plain number without thousands separators; write a missing value as the mapping says.',
    ],
  ),
  words(
    'csv.value.integer',
    ['单元格不是整数。', 'The cell is not a whole number.'],
    ['请写成整数。', 'Write a whole number.'],
  ),
  words(
    'csv.value.not-in-map',
    ['单元格的值不在映射的取值表里。', 'The value of the cell is not in the value map.'],
    [
      '请改用约定的取值，或在映射的 valueMaps 中增加它。',
      'Use one of the agreed values, or add it to valueMaps in the mapping.',
    ],
  ),
  words(
    'csv.value.boolean',
    ['单元格不是约定的“是/否”写法。', 'The cell is none of the words for yes and no.'],
    ['请使用映射里约定的写法。', 'Use the words the mapping states.'],
  ),
  words(
    'csv.value.time',
    ['单元格不是有效的日期或时间。', 'The cell is not a valid date or time.'],
    [
      '请写成 2026-03-01 或 2026-03-01 08:05；日在前的写法须在映射里写明 order。',
      'Write 2026-03-01 or 2026-03-01 08:05; the mapping must state order when the day comes first.',
    ],
  ),
  words(
    'csv.value.key-missing',
    ['构成记录标识的单元格为空。', 'A cell that the record is identified by is empty.'],
    ['请填写该列（例如病案号）。', 'Fill in this column, for example the patient number.'],
  ),
]

const mappingWords: readonly CatalogueWords[] = [
  words(
    'csv.mapping.unknown',
    ['找不到读取这一行时所用的映射版本。', 'The mapping version this row was read with is not at hand.'],
    [
      '请把该版本的映射文件放回 mappings 目录。',
      'Put that version of the mapping back into the mappings folder.',
    ],
  ),
  words(
    'csv.mapping.object',
    ['映射的这个位置应为对象。', 'An object is expected here in the mapping.'],
    ['请对照映射文件的格式说明。', 'Compare with the description of mapping files.'],
  ),
  words(
    'csv.mapping.list',
    ['映射的这个位置应为列表。', 'A list is expected here in the mapping.'],
    ['请对照映射文件的格式说明。', 'Compare with the description of mapping files.'],
  ),
  words(
    'csv.mapping.text',
    ['映射的这个位置应为文字。', 'A text is expected here in the mapping.'],
    ['请对照映射文件的格式说明。', 'Compare with the description of mapping files.'],
  ),
  words(
    'csv.mapping.number',
    ['映射的这个位置应为数字。', 'A number is expected here in the mapping.'],
    [
      '整数直接写；小数在模板里用 $decimal 的文字写法。',
      'Write whole numbers as they are; in a template a decimal is the text of $decimal.',
    ],
  ),
  words(
    'csv.mapping.choice',
    ['映射的这个位置的取值不在允许范围内。', 'The value here in the mapping is not one of the allowed ones.'],
    ['请对照映射文件的格式说明。', 'Compare with the description of mapping files.'],
  ),
  words(
    'csv.mapping.member',
    ['映射里有不认识的成员。', 'The mapping has a member that means nothing.'],
    ['请检查拼写。', 'Check its spelling.'],
  ),
  words(
    'csv.mapping.id',
    [
      '映射的 id 只能含小写字母、数字和连字符。',
      'The id of a mapping has lower-case letters, digits and hyphens only.',
    ],
    ['例如 clinic-vital-signs。', 'For example clinic-vital-signs.'],
  ),
  words(
    'csv.mapping.version',
    ['映射的 version 应为 1.0.0 的形式。', 'The version of a mapping has the form 1.0.0.'],
    ['内容一改，版本号也要改。', 'Change it whenever the content changes.'],
  ),
  words(
    'csv.mapping.no-columns',
    ['映射没有定义任何列。', 'The mapping defines no columns.'],
    ['请在 layout.columns 中定义列。', 'Define them in layout.columns.'],
  ),
  words(
    'csv.mapping.no-headings',
    ['映射里有一列没有表头。', 'A column of the mapping has no headings.'],
    ['请在 headings 中写出该列可能的表头。', 'Write the headings it may have into headings.'],
  ),
  words(
    'csv.mapping.heading-twice',
    ['同一个表头属于映射里的两列。', 'A heading belongs to two columns of the mapping.'],
    ['一个表头只能属于一列。', 'A heading belongs to one column only.'],
  ),
  words(
    'csv.mapping.column-unknown',
    ['映射用到了没有定义的列。', 'The mapping uses a column it does not define.'],
    ['请检查列名是否与 layout.columns 一致。', 'Check the name against layout.columns.'],
  ),
  words(
    'csv.mapping.record-unknown',
    ['$reference 指向了不存在的记录名。', 'A $reference names a record that does not exist.'],
    ['请使用 records 中某条规则的 name。', 'Use the name of a rule in records.'],
  ),
  words(
    'csv.mapping.values-unknown',
    ['$code 用到了不存在的取值表。', 'A $code uses a value map that does not exist.'],
    ['请在 valueMaps 中定义它。', 'Define it in valueMaps.'],
  ),
  words(
    'csv.mapping.name-twice',
    ['两条记录规则同名。', 'Two record rules have the same name.'],
    ['每条规则的 name 必须不同。', 'Every rule has its own name.'],
  ),
  words(
    'csv.mapping.key-empty',
    ['记录规则没有说明标识由什么构成。', 'A rule does not say what its id is made from.'],
    ['请在 key 中写列名，或 @row。', 'Write columns into key, or @row.'],
  ),
  words(
    'csv.mapping.directive',
    ['模板里有不认识的指令。', 'A template has a directive that does not exist.'],
    ['可用的指令见映射文件的格式说明。', 'The directives are in the description of mapping files.'],
  ),
  words(
    'csv.mapping.segment',
    ['layout.segment 不是自定义段名。', 'layout.segment is no segment of a site.'],
    [
      '自定义段名以 Z 开头，共三个字符，例如 ZDX。',
      'It has three characters and begins with Z, such as ZDX.',
    ],
  ),
  words(
    'csv.mapping.field',
    ['列名不是该段的字段。', 'A heading is no field of the segment.'],
    [
      '请写成 ZDX-3 或 ZDX-3.2，与 layout.segment 一致。',
      'Write ZDX-3 or ZDX-3.2, of the segment in layout.segment.',
    ],
  ),
  words(
    'csv.mapping.constant',
    [
      '模板里的常量只能是文字、真假值或整数。',
      'A constant of a template is a text, a truth value or a whole number.',
    ],
    ['小数请用 $decimal。', 'For a decimal use $decimal.'],
  ),
]

/** All texts about tables. */
export const csvCatalogue: readonly CatalogueWords[] = [...readingWords, ...valueWords, ...mappingWords]

/** The same by code. */
export const csvTexts: Readonly<Record<string, CatalogueWords>> = Object.fromEntries(
  csvCatalogue.map((entry) => [entry.code, entry]),
)
