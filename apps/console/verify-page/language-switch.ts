/** 中文 | English. */
import { button, element } from './element.ts'
import type { Language, PageWords } from './words.ts'

/** Two buttons, of which one is pressed. */
export function languageSwitch(
  present: Language,
  { t }: PageWords,
  choose: (language: Language) => void,
): HTMLElement {
  const one = (language: Language, name: string, lang: string) =>
    button(name, () => choose(language), { lang, 'aria-pressed': String(language === present) })
  return element('fieldset', { class: 'language' }, [
    element('legend', { class: 'unseen' }, [t('language')]),
    one('zh', '中文', 'zh-CN'),
    one('en', 'English', 'en'),
  ])
}
