/** The offline verify page: drop a receipt, a trust file and, if you have it, the record; everything is proved in this page. */
import { dropZone } from './drop-zone.ts'
import { element } from './element.ts'
import { fileKindOf, type GivenFiles } from './given-files.ts'
import { languageSwitch } from './language-switch.ts'
import { resultView } from './result-view.ts'
import { verifyGiven } from './verify-given.ts'
import './verify.css'
import { type Language, wordsOf } from './words.ts'

/** Everything the page knows; a change draws it anew. */
interface PageState {
  readonly language: Language
  readonly files: GivenFiles
  /** JSON Pointers of the elements to show by themselves. */
  readonly show: readonly string[]
  /** Name of a file that is none of ours. */
  readonly unknown: string | undefined
}

const page = document.getElementById('page') as HTMLElement
let state: PageState = { language: 'zh', files: {}, show: [], unknown: undefined }

function change(changes: Partial<PageState>): void {
  state = { ...state, ...changes }
  draw()
}

async function take(given: Iterable<File>): Promise<void> {
  let { files } = state
  let unknown: string | undefined
  for (const file of given) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const kind = fileKindOf(bytes)
    if (kind === undefined) unknown = file.name
    else files = { ...files, [kind]: { name: file.name, bytes } }
  }
  change({ files, unknown, show: [] })
}

function draw(): void {
  const words = wordsOf(state.language)
  document.documentElement.lang = state.language === 'zh' ? 'zh-CN' : 'en'
  document.title = `${words.t('title')} · 子午 Meridian`
  const verified = verifyGiven(state.files, state.show)
  page.replaceChildren(
    element('header', { class: 'head' }, [
      element('div', {}, [
        element('h1', {}, [words.t('title')]),
        element('p', { class: 'quiet' }, [words.t('about')]),
      ]),
      languageSwitch(state.language, words, (language) => change({ language })),
    ]),
    element('main', {}, [
      dropZone(state.files, state.unknown, words, {
        take,
        forget: (kind) => change({ files: { ...state.files, [kind]: undefined }, show: [] }),
      }),
      element('section', { 'aria-live': 'polite', class: 'result' }, [
        resultView(verified, state, words, (show) => change({ show })),
      ]),
    ]),
    element('footer', { class: 'quiet' }, [words.t('offline')]),
  )
}

addEventListener('dragover', (event) => event.preventDefault())
addEventListener('drop', (event) => {
  event.preventDefault()
  take(event.dataTransfer?.files ?? [])
})
draw()
