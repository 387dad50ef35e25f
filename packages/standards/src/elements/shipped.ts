/** The shipped catalogue, data sets and templates, for those who show or use them. */
import { readShipped } from '../data-files.ts'
import type { Template } from '../rules/template.ts'
import type { CompiledElement } from './compile-elements.ts'
import type { DataSet } from './data-element.ts'
import { catalogueOf, dataSetOf } from './read-catalogue.ts'

/** An id that may name a folder. */
const safe = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/

/** Parsed, or undefined where there is none of that name. */
function readNamed(id: string, file: string): unknown {
  if (!safe.test(id)) return undefined
  try {
    return readShipped(id, file)
  } catch {
    return undefined
  }
}

/** Every element of the shipped catalogue, by id. Throws when it is broken: the installation is. */
export function shippedElements(): ReadonlyMap<string, CompiledElement> {
  const read = catalogueOf(readShipped('meridian.elements.core', 'elements.json'))
  if (!('compiled' in read)) throw new Error('the shipped catalogue of data elements is broken')
  return read.compiled
}

/** A data set by its id or the last part of it (`laboratory`); undefined for a name that none has. */
export function shippedDataSet(name: string): DataSet | undefined {
  const id = name.startsWith('meridian.') ? name : `meridian.dataset.${name}`
  const read = dataSetOf(readNamed(id, 'data-set.json'))
  return 'elements' in read ? read : undefined
}

/** A template by its id or the last part of it (`collection`). */
export function shippedTemplate(name: string): Template | undefined {
  const id = name.startsWith('meridian.') ? name : `meridian.template.${name}`
  return readNamed(id, 'template.json') as Template | undefined
}
