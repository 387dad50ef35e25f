/** Made-up concepts for `bench terminology`: unlike names in Chinese and English, ten below each, and what people would type for them. */
import type { Concept, ReleaseHead } from '@meridian/standards/terminology'

/** The release; nothing in it is from any real code system. */
export const madeUpHead: ReleaseHead = {
  system: 'urn:meridian:cs:bench',
  version: '1',
  titles: { zh: '测量用编码体系', en: 'Code system for measuring' },
  language: 'zh-CN',
  licence: 'made up',
}

const grades =
  '急性 慢性 先天性 继发性 原发性 复发性 弥漫性 局限性 药物性 病毒性 细菌性 缺血性 退行性 外伤性 特发性 混合性 轻度 中度 重度 早期'
const sites =
  '肝 肺 肾 胃 心 脑 脾 胆 胰 食管 气管 甲状腺 前列腺 膀胱 结肠 直肠 小肠 皮肤 骨 关节 肌肉 眼 耳 鼻 咽 喉 口腔 乳腺 卵巢 子宫 血管 淋巴结 神经 脊髓 胸膜 腹膜 心包 胎盘 垂体 肾上腺'
const changes =
  '炎 囊肿 结石 出血 梗死 纤维化 水肿 坏死 穿孔 狭窄 肥大 萎缩 脓肿 结核 息肉 畸形 破裂 栓塞 溃疡 功能不全'
const courses =
  ' 伴感染 伴发热 伴出血 伴梗阻 伴休克 伴贫血 伴黄疸 伴疼痛 伴积液 术后 产后 化疗后 移植后 随访 疑似 恢复期 伴脱水 伴昏迷 伴抽搐'
const gradeNames =
  'acute chronic congenital secondary primary recurrent diffuse localised drug viral bacterial ischaemic degenerative traumatic idiopathic mixed mild moderate severe early'

const [gradeList, siteList, changeList, courseList, englishList] = [
  grades.split(' '),
  sites.split(' '),
  changes.split(' '),
  courses.split(' '),
  gradeNames.split(' '),
]

/** The code of the n-th concept. */
export const madeUpCode = (n: number): string => `B${String(n).padStart(7, '0')}`

/** The n-th of 320,000 names; later ones carry a number as well. */
function nameOf(n: number): { readonly zh: string; readonly en: string } {
  const parts: string[] = []
  let rest = n
  for (const list of [changeList, gradeList, siteList, courseList]) {
    parts.push(list[rest % list.length] as string)
    rest = Math.floor(rest / list.length)
  }
  const [change, grade, site, course] = parts
  const english = englishList[gradeList.indexOf(grade as string)] as string
  const serial = rest === 0 ? '' : String(rest)
  return { zh: `${grade}${site}${change}${course}${serial}`, en: `${english} disorder ${n}` }
}

/** `count` rows, as a reader of files would give them. */
export function* madeUpRows(count: number): Generator<{ readonly line: number; readonly concept: Concept }> {
  for (let n = 0; n < count; n += 1) {
    const { zh, en } = nameOf(n)
    yield {
      line: n + 1,
      concept: {
        code: madeUpCode(n),
        display: zh,
        designations: [{ language: 'en', value: en, use: 'preferred' }],
        ...(n === 0 ? {} : { parents: [madeUpCode(Math.floor((n - 1) / 10))] }),
      },
    }
  }
}

/** What somebody types into a search field: the beginning of a name, two characters of one, pinyin initials, English, a code. */
export function madeUpFilters(concepts: number): string[] {
  const typed = ['肝炎', 'gy', 'mxg', '急性', 'acute', 'chronic dis', '出血', '肾结石', 'B00001', '囊肿']
  const begun = Array.from({ length: 40 }, (_, n) => nameOf((n * 7919) % concepts).zh.slice(0, 2 + (n % 4)))
  return [...typed, ...begun]
}
