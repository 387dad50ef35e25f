/** Reads the addresses a sender uses: RESTful full urls, relative and versioned references, conditional references (FHIR R4 §2.3). */

/** A RESTful address taken apart; `base` is absent for a relative one. */
export interface ResourceAddress {
  readonly base?: string
  readonly type: string
  readonly id: string
}

const addressForm =
  /^(?:(https?:\/\/.+?)\/)?([A-Z][A-Za-z]{1,40})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/
const conditionForm = /^([A-Z][A-Za-z]{1,40})\?(.+)$/s

/** `Patient/1`, `http://a/fhir/Patient/1`, either with `/_history/2`; undefined when it is no such address. */
export function readAddress(url: string): ResourceAddress | undefined {
  const parts = addressForm.exec(url)
  if (parts === null) return undefined
  const [, base, type, id] = parts as unknown as [string, string | undefined, string, string]
  return base === undefined ? { type, id } : { base, type, id }
}

/** `Patient?identifier=s|v` as type and query; undefined when it is no condition. */
export function readCondition(url: string): { readonly type: string; readonly query: string } | undefined {
  const parts = conditionForm.exec(url)
  return parts === null ? undefined : { type: parts[1] as string, query: parts[2] as string }
}

/** The url without `/_history/…`; records are referred to, not versions of the sender's counting. */
export function withoutVersion(url: string): string {
  return url.replace(/\/_history\/[^/]+$/, '')
}
