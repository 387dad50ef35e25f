/** Showing chosen elements of the record and nothing else: choose them here, save the file, hand it over with the receipt. */
import type { Verification } from '@meridian/protocol'
import { button, element } from './element.ts'
import type { Verified } from './verify-given.ts'
import type { PageWords } from './words.ts'

/** What was shown, and with a record the list to choose from. */
export function shownElements(
  { elements, elementFile }: Verified,
  proof: Verification,
  show: readonly string[],
  words: PageWords,
  choose: (show: readonly string[]) => void,
): HTMLElement | undefined {
  const { t } = words
  const shown = proof.evidence?.shown ?? []
  if (elements.length === 0 && shown.length === 0) return undefined
  return element('div', { class: 'box', id: 'shown' }, [
    element('h2', {}, [t('show')]),
    shown.length > 0 && table(shown, words),
    elementFile !== undefined &&
      button(t('save-elements', { n: shown.length }), () => save(elementFile), { class: 'primary' }),
    elements.length > 0 && chooser(elements, show, words, choose),
  ])
}

function table(shown: readonly { path: string; value: string }[], { t }: PageWords): HTMLElement {
  return element('table', {}, [
    element('caption', {}, [t('shown-proved', { n: shown.length })]),
    element(
      'tbody',
      {},
      shown.map(({ path, value }) =>
        element('tr', {}, [
          element('th', { scope: 'row', class: 'code' }, [path]),
          element('td', {}, [value.startsWith('"') ? String(JSON.parse(value)) : value]),
        ]),
      ),
    ),
  ])
}

function chooser(
  elements: Verified['elements'],
  show: readonly string[],
  { t }: PageWords,
  choose: (show: readonly string[]) => void,
): HTMLElement {
  return element('details', { open: show.length > 0 }, [
    element('summary', {}, [t('choose-elements', { n: elements.length })]),
    element('p', { class: 'quiet' }, [t('show-about')]),
    element(
      'ul',
      { class: 'chooser' },
      elements.map(({ path }) => option(path, show, choose)),
    ),
  ])
}

function option(
  path: string,
  show: readonly string[],
  choose: (show: readonly string[]) => void,
): HTMLElement {
  const box = element('input', { type: 'checkbox', checked: show.includes(path) })
  box.addEventListener('change', () => choose(box.checked ? [...show, path] : show.filter((p) => p !== path)))
  return element('li', {}, [element('label', { class: 'code' }, [box, ` ${path}`])])
}

/** The very bytes: a file written anew would no longer verify. */
function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = element('a', { href: url, download: 'elements.json' })
  link.click()
  URL.revokeObjectURL(url)
}
