/** The console's language: the catalogue in force, switching it, and texts that come in both languages. */
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import type { Bilingual } from '../api/answer.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

/** A key of the catalogues. */
export type WordKey = keyof typeof zh
/** The two languages. */
export type Language = 'zh' | 'en'

/** `t` fills `{name}` places from `values`; numbers are grouped. `say` picks from a bilingual text. */
export interface Words {
  readonly language: Language
  setLanguage(language: Language): void
  t(key: WordKey, values?: Readonly<Record<string, string | number>>): string
  say(text: Bilingual): string
  count(n: number): string
}

const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { zh, en }
const WordsContext = createContext<Words | undefined>(undefined)
const memory = 'meridian.language'

/** Chinese, unless English was chosen here before. */
function firstLanguage(): Language {
  return localStorage.getItem(memory) === 'en' ? 'en' : 'zh'
}

/** Provides {@link Words} and keeps `<html lang>` true. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    localStorage.setItem(memory, language)
  }, [language])
  const words = useMemo<Words>(() => {
    const count = (n: number) => n.toLocaleString(language === 'zh' ? 'zh-CN' : 'en')
    const fill = (value: string | number | undefined) =>
      value === undefined ? '' : typeof value === 'number' ? count(value) : value
    return {
      language,
      setLanguage,
      count,
      say: (text) => text[language],
      t: (key, values = {}) =>
        catalogues[language][key].replace(/\{(\w+)\}/g, (_, name: string) => fill(values[name])),
    }
  }, [language])
  return <WordsContext value={words}>{children}</WordsContext>
}

/** The words in force. @throws Error outside the provider. */
export function useWords(): Words {
  const words = use(WordsContext)
  if (words === undefined) throw new Error('useWords outside WordsProvider')
  return words
}
