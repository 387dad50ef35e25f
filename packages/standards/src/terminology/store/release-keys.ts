/** How the parts of a release are named in its store. `release` is the store's own short number for it. */
import { createHash } from 'node:crypto'

/** A concept as JSON with its place (`at`) in the release. */
export const conceptKey = (release: string, code: string): string => `${release}/c/${code}`

/** The code at a place. */
export const placeKey = (release: string, at: number): string => `${release}/o/${at}`

/** The places of concepts that have a token. */
export const tokenKey = (release: string, token: string): string => `${release}/t/${token}`

/** A column of the hierarchy or of the ranking. */
export const columnKey = (release: string, name: ColumnName): string => `${release}/h/${name}`

/** The head of a finished release: it is not there before everything else is. */
export const headKey = (release: string): string => `releases/${release}`

/** A number that every finished import raises, so that other processes look again. */
export const generationKey = 'generation'

/** The number that the next import gets. */
export const nextReleaseKey = 'next-release'

/** `ancestors` and `children` are pools of places; `…From` has where each concept's begins, and one more for the end. */
export type ColumnName =
  | 'ancestorsFrom'
  | 'ancestorsCount'
  | 'ancestors'
  | 'childrenFrom'
  | 'children'
  | 'ranks'

/** An imported value set as JSON. A url may be longer than a key. */
export const valueSetKey = ({ url, version }: { readonly url: string; readonly version: string }): string =>
  `${valueSetPrefix}${createHash('sha256').update(`${url}|${version}`).digest('hex')}`

/** What the keys of imported value sets begin with. */
export const valueSetPrefix = 'value-sets/'
