/** Texts of what the terminology operations answer when they cannot. */
import { type CatalogueWords, words } from './catalogue-entry.ts'

/** One entry for each problem of `@meridian/standards/terminology`, and for wrong parameters. */
export const terminologyWords: readonly CatalogueWords[] = [
  words(
    'terminology.system-unknown',
    ['没有这个编码体系。', 'There is no such code system here.'],
    [
      '请检查 system；可用的见 metadata?mode=terminology，其他可用 meridian terminology import 导入。',
      'Check the system; metadata?mode=terminology lists what is here, meridian terminology import brings others.',
    ],
  ),
  words(
    'terminology.version-unknown',
    ['没有这个编码体系的这一版本。', 'There is no such version of the code system here.'],
    ['请检查 version，或不指定版本。', 'Check the version, or leave it out.'],
  ),
  words(
    'terminology.not-in-force',
    ['该日期没有生效的版本。', 'No version was in force on that day.'],
    ['请检查 date。', 'Check the date.'],
  ),
  words(
    'terminology.code-unknown',
    ['编码体系中没有这个代码。', 'The code system has no such code.'],
    ['请检查代码的拼写和版本。', 'Check the spelling of the code, and the version.'],
  ),
  words(
    'terminology.value-set-unknown',
    ['没有这个值集。', 'There is no such value set here.'],
    [
      '请检查 url；任何体系可用 SYSTEM?fhir_vs 表示全部代码。',
      'Check the url; SYSTEM?fhir_vs stands for every code of a system.',
    ],
  ),
  words(
    'terminology.value-set-circular',
    ['值集包含了它自己。', 'The value set includes itself.'],
    ['请改正值集的 include.valueSet。', 'Correct include.valueSet of the value set.'],
  ),
  words(
    'terminology.filter-unsupported',
    ['不支持这种筛选。', 'This filter is not supported.'],
    [
      '支持 =、is-a、descendent-of、is-not-a、regex、in、not-in、generalizes、exists。',
      'Supported: =, is-a, descendent-of, is-not-a, regex, in, not-in, generalizes, exists.',
    ],
  ),
  words(
    'terminology.pattern-refused',
    ['这个正则表达式不予执行。', 'This pattern is not run.'],
    [
      '请去掉重复的分组、前后查找和反向引用，并不超过 100 个字符。',
      'Leave out repeated groups, look-arounds and back references, and keep to 100 characters.',
    ],
  ),
  words(
    'terminology.too-costly',
    ['值集嵌套过深。', 'The value set is nested too deeply.'],
    ['请减少嵌套。', 'Nest it less.'],
  ),
  words(
    'terminology.parameter',
    ['缺少参数，或参数的形式不对。', 'A parameter is missing or has the wrong form.'],
    ['请按 FHIR R4 该操作的说明给出参数。', 'Give the parameters that FHIR R4 names for this operation.'],
  ),
]
