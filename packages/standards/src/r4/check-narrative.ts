/** The narrative's XHTML (R4 §2.1.10.6, rules txt-1 and txt-2): well-formed, formatting only, and not empty. */
import { narrativeReasons } from '../catalogue/narrative-reasons.ts'
import { report, type Walk } from '../walk.ts'

/** Why a narrative is refused; a key of the catalogue's reasons. */
export type NarrativeProblem = keyof typeof narrativeReasons

const namespace = 'http://www.w3.org/1999/xhtml'

/** HTML 4.0 chapters 7–11 (without §9.4) and 15, `a`, images; nothing that acts, loads or is deprecated. */
const elements = new Set(
  (
    'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo ' +
    'kbd sub sup ul ol li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img map area ' +
    'ins del u s strike center font'
  ).split(' '),
)

const attributes = new Set(
  (
    'title style class id lang xml:lang dir accesskey tabindex xmlns span width height align valign char charoff abbr ' +
    'axis headers scope rowspan colspan border cellpadding cellspacing frame rules summary href name rel rev target ' +
    'charset hreflang type coords shape cite datetime start value compact noshade size clear src alt longdesc ismap ' +
    'usemap nowrap bgcolor color face nohref hspace vspace'
  ).split(' '),
)

/** Checks `Narrative.div`. */
export function checkNarrative(value: unknown, walk: Walk): void {
  const problem = typeof value === 'string' ? narrativeProblem(value) : undefined
  if (problem !== undefined) report(walk, 'r4.narrative', { reason: narrativeReasons[problem] })
}

const tagForm = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const textForm = /[^<]+/y
const commentForm = /<!--(?:[^-]|-(?!-))*-->/y
const attributeForm = /([\w:.-]+)\s*=\s*("[^"<]*"|'[^'<]*')/g
const strayAmpersand = /&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/
const activeAddress = /^\s*(?:javascript|vbscript|data:text\/html)/i

/** The first thing wrong with a narrative, or undefined. Linear in its length. */
export function narrativeProblem(xhtml: string): NarrativeProblem | undefined {
  const open: string[] = []
  let hasContent = false
  let at = xhtml.length - xhtml.trimStart().length
  const end = xhtml.trimEnd().length
  while (at < end) {
    const rootIsClosed = at > 0 && open.length === 0 && hasBegun(xhtml, at)
    const comment = xhtml.startsWith('<!--', at) ? matchAt(commentForm, xhtml, at) : undefined
    if (comment !== undefined) {
      at += comment[0].length
      continue
    }
    if (rootIsClosed) return 'malformed'
    const text = matchAt(textForm, xhtml, at)
    if (text !== undefined) {
      if (open.length === 0) return 'root'
      if (strayAmpersand.test(text[0])) return 'entity'
      hasContent ||= text[0].trim() !== ''
      at += text[0].length
      continue
    }
    const tag = matchAt(tagForm, xhtml, at)
    if (tag === undefined) return 'malformed'
    const problem = applyTag(tag, open)
    if (problem !== undefined) return problem
    hasContent ||= tag[2] === 'img'
    at += tag[0].length
  }
  if (open.length > 0) return 'malformed'
  return hasContent ? undefined : 'empty'
}

const hasBegun = (xhtml: string, at: number): boolean => xhtml.lastIndexOf('<', at - 1) >= 0

function matchAt(form: RegExp, text: string, at: number): RegExpExecArray | undefined {
  form.lastIndex = at
  return form.exec(text) ?? undefined
}

function applyTag(tag: RegExpExecArray, open: string[]): NarrativeProblem | undefined {
  const [, closing, name = '', written = '', empty] = tag
  if (closing === '/') return open.pop() === name ? undefined : 'malformed'
  if (open.length === 0 && name !== 'div') return 'root'
  if (!elements.has(name)) return 'element'
  const problem = attributeProblem(written, open.length === 0)
  if (problem !== undefined) return problem
  if (empty !== '/') open.push(name)
  return undefined
}

function attributeProblem(written: string, isRoot: boolean): NarrativeProblem | undefined {
  if (written === '') return isRoot ? 'namespace' : undefined
  const seen = new Set<string>()
  for (const [, name = '', quoted = ''] of written.matchAll(attributeForm)) {
    const value = quoted.slice(1, -1)
    if (seen.has(name)) return 'malformed'
    seen.add(name)
    if (!attributes.has(name)) return 'attribute'
    if (strayAmpersand.test(value)) return 'entity'
    if (name === 'xmlns' && value !== namespace) return 'namespace'
    if ((name === 'href' || name === 'src') && activeAddress.test(value)) return 'attribute'
  }
  return isRoot && !seen.has('xmlns') ? 'namespace' : undefined
}
