/** Pinyin initials of Chinese text: 糖尿病 is `tnb`. The table is the platform's own pinyin order, with medical readings put right. */

/** The first character of each initial in ICU's pinyin order, beside the initial. */
const firstOfInitial: readonly (readonly [string, string])[] = [
  ['a', '阿'],
  ['b', '八'],
  ['c', '嚓'],
  ['d', '哒'],
  ['e', '妸'],
  ['f', '发'],
  ['g', '旮'],
  ['h', '哈'],
  ['j', '丌'],
  ['k', '咔'],
  ['l', '垃'],
  ['m', '呣'],
  ['n', '拏'],
  ['o', '噢'],
  ['p', '妑'],
  ['q', '七'],
  ['r', '呥'],
  ['s', '仨'],
  ['t', '他'],
  ['w', '屲'],
  ['x', '夕'],
  ['y', '丫'],
  ['z', '帀'],
]

/** Where a word decides the reading: longest first. */
const wordReadings: Readonly<Record<string, string>> = {
  重复: 'cf',
  重建: 'cj',
  重叠: 'cd',
  长期: 'cq',
  长骨: 'cg',
  长效: 'cx',
  延长: 'yc',
  狭长: 'xc',
  细长: 'xc',
  人参: 'rs',
  党参: 'ds',
  丹参: 'ds',
  便血: 'bx',
  单核: 'dh',
  弹性: 'tx',
  弹力: 'tl',
  调节: 'tj',
  失调: 'st',
  传染: 'cr',
  参数: 'cs',
  行为: 'xw',
  膀胱: 'pg',
  会阴: 'hy',
  会计: 'kj',
  排便: 'pb',
  石膏: 'sg',
  朝向: 'cx',
  子宫内膜: 'zgnm',
  降钙素: 'jgs',
  降压: 'jy',
  投降: 'tx',
  肿大: 'zd',
  大夫: 'df',
  大黄: 'dh',
}

/** Characters whose medical reading is not the first of the table. */
const characterReadings: Readonly<Record<string, string>> = {
  膀: 'p',
  血: 'x',
  率: 'l',
  瘤: 'l',
  颅: 'l',
  弹: 't',
  乐: 'l',
  咽: 'y',
  便: 'b',
  降: 'j',
  单: 'd',
  脉: 'm',
  会: 'h',
  肠: 'c',
  长: 'z',
  重: 'z',
  行: 'x',
  传: 'c',
  调: 't',
  差: 'c',
  落: 'l',
  胖: 'p',
  尿: 'n',
}

const collator = new Intl.Collator('zh-u-co-pinyin')
const known = new Map<string, string>(Object.entries(characterReadings))
const longestWord = Math.max(...Object.keys(wordReadings).map((word) => word.length))

/** The initials of the Chinese characters, with Latin letters and digits as they are; nothing for the rest. Input: normal text. */
export function initialsOf(normal: string): string {
  let initials = ''
  for (let at = 0; at < normal.length; ) {
    const word = wordAt(normal, at)
    if (word !== undefined) {
      initials += wordReadings[word]
      at += word.length
      continue
    }
    initials += initialOf(normal[at] as string)
    at += 1
  }
  return initials
}

function wordAt(text: string, at: number): string | undefined {
  for (let length = longestWord; length >= 2; length--) {
    const word = text.slice(at, at + length)
    if (word.length === length && Object.hasOwn(wordReadings, word)) return word
  }
  return undefined
}

function initialOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x80) return character === ' ' ? '' : character
  if (code < 0x3400 || code > 0x9fff) return ''
  const found = known.get(character) ?? tableInitial(character)
  known.set(character, found)
  return found
}

function tableInitial(character: string): string {
  let initial = ''
  for (const [letter, first] of firstOfInitial) {
    if (collator.compare(character, first) < 0) break
    initial = letter
  }
  return initial
}
