/** A refusal as it travels: the members of the value and nothing else, so that both sides mean the same. */
import {
  type Form,
  isRefusal,
  type Refusal,
  type RefusalCode,
  refusalCodes,
  refuse,
} from '@meridian/protocol'

const codes: ReadonlySet<string> = new Set(refusalCodes.map((row) => row.code))

/** `{refused: true, module, code, detail}`; a code that this release does not know does not fit. */
export const refusalForm: Form<Refusal> = {
  encode: ({ module, code, detail }) => ({ refused: true, module, code, detail }),
  decode: (json, place) => (isRefusal(json) ? readRefusal(json) : undefined) ?? { misfit: place },
}

function readRefusal(json: Refusal): Refusal | undefined {
  const { module, code, detail } = json
  if (typeof module !== 'string' || !codes.has(code) || typeof detail !== 'object' || detail === null) {
    return undefined
  }
  const entries = Object.entries(detail).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  )
  return refuse(module, code as RefusalCode, Object.fromEntries(entries))
}
