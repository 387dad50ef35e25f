/** 中文 | English: two buttons, of which one is pressed. */
import { type Language, useWords } from '../words/words.tsx'

const names: readonly (readonly [Language, string, string])[] = [
  ['zh', '中文', 'zh-CN'],
  ['en', 'English', 'en'],
]

/** The switch. Its labels stay in their own languages. */
export function LanguageSwitch() {
  const { language, setLanguage, t } = useWords()
  return (
    <fieldset className="language">
      <legend className="unseen">{t('frame.language')}</legend>
      {names.map(([key, name, lang]) => (
        <button
          key={key}
          type="button"
          lang={lang}
          aria-pressed={language === key}
          onClick={() => setLanguage(key)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  )
}
