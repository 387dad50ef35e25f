/** Where files are dropped or chosen: what is needed, what is there, what is still missing. */
import { button, element } from './element.ts'
import type { FileKind, GivenFiles } from './given-files.ts'
import type { PageWords } from './words.ts'

interface Acts {
  readonly take: (files: Iterable<File>) => void
  readonly forget: (kind: FileKind) => void
}

/** The zone with one row a kind. Files may be dropped anywhere on the page; the kind is read from the file. */
export function dropZone(
  files: GivenFiles,
  unknown: string | undefined,
  words: PageWords,
  acts: Acts,
): HTMLElement {
  const { t } = words
  const third: FileKind = files.record === undefined && files.elements !== undefined ? 'elements' : 'record'
  const kinds: readonly FileKind[] = ['receipt', 'trust', third]
  return element('section', { class: 'drop', 'aria-labelledby': 'drop-title' }, [
    element('h2', { id: 'drop-title' }, [t('drop')]),
    element('p', { class: 'quiet' }, [t('drop-about')]),
    picker(words, acts),
    element(
      'ul',
      { class: 'slots' },
      kinds.map((kind) => slot(kind, files, words, acts)),
    ),
    unknown !== undefined &&
      element('p', { class: 'warn', role: 'alert' }, [t('unknown-file', { name: unknown })]),
  ])
}

function picker({ t }: PageWords, { take }: Acts): HTMLElement {
  const input = element('input', { type: 'file', multiple: true, id: 'files', class: 'unseen' })
  input.addEventListener('change', () => take([...(input.files ?? [])]))
  return element('div', { class: 'picker' }, [input, element('label', { for: 'files' }, [t('choose')])])
}

function slot(kind: FileKind, files: GivenFiles, { t }: PageWords, { forget }: Acts): HTMLElement {
  const file = files[kind]
  return element('li', { class: file === undefined ? 'slot' : 'slot slot-full' }, [
    element('b', {}, [t(`kind-${kind}`)]),
    element('span', { class: 'quiet' }, [
      file === undefined
        ? t(kind === 'record' ? 'optional' : 'needed')
        : `${file.name} · ${t('bytes', { n: file.bytes.length })}`,
    ]),
    file !== undefined &&
      button('×', () => forget(kind), { class: 'forget', 'aria-label': t('forget', { name: file.name }) }),
  ])
}
