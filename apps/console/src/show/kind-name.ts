/** Names of resource types, capture methods and statement kinds in the console's words; unknown ones keep their own name. */

import type { WordKey, Words } from '../words/words.tsx'
import { zh } from '../words/zh.ts'

const named =
  (prefix: string) =>
  (name: string, { t }: Words): string => {
    const key = `${prefix}.${name}`
    return key in zh ? t(key as WordKey) : name
  }

/** `Observation` → 检验/观察 or *Observation*. */
export const typeName = named('type')
/** `device` → 设备采集 or *device*. */
export const captureName = named('capture')
/** `anchor-batch` → 批次存证 or *anchor a batch*. */
export const statementName = named('statement')
/** A Provenance participant's role. */
export const participantName = named('participant')
/** The kind of an organisation. */
export const organisationKindName = named('organisation-kind')
/** What a proposal is about. */
export const proposalKindName = named('proposal')
/** By which kind of evidence a validator was proved to have signed twice. */
export const evidenceName = named('evidence')
/** A parameter of the chain. */
export const parameterName = named('parameter')
/** The form of a delivery. */
export const formName = named('form')
