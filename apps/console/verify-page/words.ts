/** The words of the offline verify page in both languages; the texts of the rungs come from the verifier itself. */

const zh = {
  title: '核验回执',
  about: '在本页内完成全部核验，不询问任何服务器；断网、从磁盘打开都可以用。',
  language: '语言',
  offline: '本页的内容策略禁止任何网络连接。文件只在您的浏览器中读取，不会上传。',
  drop: '放入文件',
  'drop-about': '把文件拖到页面任意位置，或用按钮选择；可以一次选多个。',
  choose: '选择文件',
  'kind-receipt': '回执',
  'kind-trust': '信任文件',
  'kind-record': '记录',
  'kind-elements': '展示的元素',
  needed: '必需',
  optional: '可选：有记录才能核对内容',
  bytes: '{n} 字节',
  forget: '移除 {name}',
  'unknown-file': '“{name}” 不是子午的回执、信任文件或记录。',
  waiting: '放入回执和信任文件后，结果会显示在这里。',
  'not-verified': '停在下面标出的一级；其后的各级没有再检查。',
  witnesses: '见证机构 {n} 家',
  took: '用时 {n} 毫秒',
  rungs: '核验阶梯',
  held: '成立',
  failed: '不成立',
  'rung-files': '文件',
  'rung-statement': '声明',
  'rung-record': '记录',
  'rung-batch': '批次',
  'rung-log': '证据日志',
  'rung-state': '账本状态',
  'rung-header': '区块头',
  'rung-validators': '验证者',
  'rung-commit': '签名',
  'rung-trust': '信任锚',
  proved: '证明了什么',
  issuer: '签发机构',
  chain: '链',
  'no-later-than': '不晚于',
  height: '高度 {n}',
  anchor: '信任锚',
  'anchor-since': '{time} · 高度 {height}',
  fingerprint: '信任文件指纹',
  'fingerprint-about': '打电话给一家成员机构，逐词核对。指纹不符，一切结论无效。',
  show: '只展示一个元素',
  'show-about': '勾选要展示的元素；保存的文件只含这些元素及其证明，不含其余内容和密钥。',
  'choose-elements': '从 {n} 个元素中选择',
  'shown-proved': '已逐一证明属于该记录的元素：{n} 个',
  'save-elements': '保存这 {n} 个元素的证明文件',
} as const

const en: Readonly<Record<keyof typeof zh, string>> = {
  title: 'Verify a receipt',
  about: 'Everything is proved inside this page and no server is asked; it works offline and from disk.',
  language: 'Language',
  offline: 'This page’s policy forbids any connection. Files are read in your browser and go nowhere.',
  drop: 'Drop the files',
  'drop-about': 'Anywhere on the page, or choose them; several at once will do.',
  choose: 'Choose files',
  'kind-receipt': 'Receipt',
  'kind-trust': 'Trust file',
  'kind-record': 'Record',
  'kind-elements': 'Shown elements',
  needed: 'needed',
  optional: 'optional: the content is checked only with it',
  bytes: '{n} bytes',
  forget: 'Remove {name}',
  'unknown-file': '“{name}” is no receipt, trust file or record of Meridian.',
  waiting: 'The result appears here once receipt and trust file are there.',
  'not-verified': 'Stopped at the rung marked below; nothing after it was tried.',
  witnesses: 'witnessing organisations: {n}',
  took: '{n} ms',
  rungs: 'The rungs',
  held: 'holds',
  failed: 'does not hold',
  'rung-files': 'Files',
  'rung-statement': 'Statement',
  'rung-record': 'Record',
  'rung-batch': 'Batch',
  'rung-log': 'Evidence log',
  'rung-state': 'Ledger state',
  'rung-header': 'Block header',
  'rung-validators': 'Validators',
  'rung-commit': 'Signatures',
  'rung-trust': 'Trust anchor',
  proved: 'What is proved',
  issuer: 'Issuer',
  chain: 'Chain',
  'no-later-than': 'No later than',
  height: 'height {n}',
  anchor: 'Trust anchor',
  'anchor-since': '{time} · height {height}',
  fingerprint: 'Fingerprint of the trust file',
  'fingerprint-about': 'Ring up a member and compare word by word. If it differs, nothing here counts.',
  show: 'Show one element',
  'show-about':
    'Tick what to show. The saved file holds these elements and their proofs, nothing else and no secret.',
  'choose-elements': 'Choose among {n} elements',
  'shown-proved': 'Elements proved to belong to the record: {n}',
  'save-elements': 'Save the proof of these {n} elements',
}

/** The two languages. */
export type Language = 'zh' | 'en'
/** A key of the catalogues. */
export type PageWordKey = keyof typeof zh

/** `t` fills `{name}` places; `say` picks from a bilingual text. */
export interface PageWords {
  t(key: PageWordKey, values?: Readonly<Record<string, string | number>>): string
  say(text: { readonly zh: string; readonly en: string }): string
}

/** Both catalogues, for the test that they have the same keys. */
export const pageCatalogues = { zh, en } as const

/** The words in a language. */
export function wordsOf(language: Language): PageWords {
  return {
    t: (key, values = {}) =>
      pageCatalogues[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    say: (text) => text[language],
  }
}
