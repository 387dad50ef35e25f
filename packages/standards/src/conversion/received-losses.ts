/** What a sender's conversion lost, said again to the receiver: the marks in a record that was converted for it become findings. */
import type { CanonicalText } from '@meridian/protocol'
import { conversionFindings } from '../catalogue/conversion-findings.ts'
import { labelOf } from '../element-labels.ts'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { codedPlaces } from './coded-places.ts'
import { conversionLossExtension } from './convert-record.ts'

/** Warnings; none for a record that nobody converted. The text is looked at first: almost every record is not marked. */
export function receivedLosses(resource: unknown, text: CanonicalText | undefined): readonly Finding[] {
  if (text?.includes(conversionLossExtension) !== true || !isObject(resource)) return []
  return codedPlaces(resource).flatMap(({ path, element, pointer }) =>
    lossesAt(valueIn(resource, pointer)).map((code) =>
      findingOf(code, path, { element: labelOf(element.split('.')) }),
    ),
  )
}

function lossesAt(concept: unknown): readonly (keyof typeof conversionFindings)[] {
  const extensions = isObject(concept) && Array.isArray(concept.extension) ? concept.extension : []
  return extensions.flatMap((extension: unknown) => {
    const { url, valueCode } = isObject(extension) ? extension : ({} as JsonObject)
    return url === conversionLossExtension && isLoss(valueCode) ? [valueCode] : []
  })
}

function isLoss(code: unknown): code is keyof typeof conversionFindings {
  return typeof code === 'string' && Object.hasOwn(conversionFindings, code)
}

function valueIn(resource: JsonObject, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, step) =>
        typeof inner === 'object' && inner !== null
          ? (inner as Record<string, unknown>)[unescaped(step)]
          : undefined,
      resource,
    )
}

const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~')
