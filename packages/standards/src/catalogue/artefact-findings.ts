/** Findings about an artefact package: its manifest, its files, its vectors. */
import { entry } from './template.ts'

/** The entries of this file. */
export const artefactFindings = {
  'artefact.no-manifest': entry(
    'error',
    ['标准包里没有 manifest.json。', 'The package has no manifest.json.'],
    [
      '请给出整个标准包的文件夹或导出文件。',
      'Give the folder of the whole package, or a file that was exported.',
    ],
  ),
  'artefact.not-json': entry(
    'error',
    ['{element} 不是有效的 JSON（{rule}）。', '{element} is not valid JSON ({rule}).'],
    ['请检查该文件的语法、编码和大小。', 'Check the syntax, the encoding and the size of the file.'],
  ),
  'artefact.field': entry(
    'error',
    ['清单的 {element} 不符合要求：{form}。', '{element} of the manifest is not as it must be: {form}.'],
    ['请按 docs/spec 的清单格式改正。', 'Mend it by the form of a manifest in docs/spec.'],
  ),
  'artefact.unknown-field': entry(
    'error',
    ['清单里的 {element} 不属于这一格式。', '{element} of the manifest does not belong to this form.'],
    ['请删去该项，或使用支持它的版本。', 'Take it out, or use a release that knows it.'],
  ),
  'artefact.too-large': entry(
    'error',
    ['{element} 超过上限 {limit}。', '{element} is beyond the limit of {limit}.'],
    ['请把标准包拆成几个。', 'Divide the package into several.'],
  ),
  'artefact.file-missing': entry(
    'error',
    ['清单所列的 {element} 不在标准包里。', '{element}, which the manifest lists, is not in the package.'],
    [
      '请补上该文件，或从其他成员重新获取。',
      'Bring the file, or fetch the package again from another member.',
    ],
  ),
  'artefact.file-differs': entry(
    'error',
    ['{element} 的内容与清单的摘要不一致。', 'The content of {element} is not what the manifest says.'],
    [
      '文件被改动过。请重新获取，或用 meridian standards pack 写出新版本的清单。',
      'The file was changed. Fetch it again, or write the manifest of a new version with meridian standards pack.',
    ],
  ),
  'artefact.file-extra': entry(
    'error',
    ['{element} 不在清单里。', '{element} is not listed in the manifest.'],
    ['请删去该文件，或把它列入清单。', 'Take the file out, or list it in the manifest.'],
  ),
  'artefact.content': entry(
    'error',
    [
      '{element} 的内容不符合这类标准的格式：{form}。',
      'The content of {element} has not the form of its kind: {form}.',
    ],
    ['请按该类标准的格式改正。', 'Mend it by the form of that kind of artefact.'],
  ),
  'artefact.no-reader': entry(
    'error',
    ['本版本不认识这类标准（{type}）的内容。', 'This release does not know the content of the kind {type}.'],
    ['请升级节点后再试。', 'Try again with a newer release of the node.'],
  ),
  'artefact.no-vectors': entry(
    'error',
    ['标准包没有测试向量。', 'The package has no test vectors.'],
    [
      '请在 vectors.json 里写出输入和应有的回答，至少一条。',
      'Write inputs and the answers they must get in vectors.json, at least one.',
    ],
  ),
  'artefact.vectors-too-slow': entry(
    'error',
    ['测试向量在 {limit} 秒内没有运行完。', 'The test vectors did not end within {limit} seconds.'],
    [
      '请减少向量，或检查内容是否过于复杂。',
      'Have fewer vectors, or look whether the content is too complex.',
    ],
  ),
} as const
