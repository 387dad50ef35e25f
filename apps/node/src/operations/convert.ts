/** `convert`, `convert-verify`: a record in another organisation's words, with an attestation of who converted what by which maps. */

import { evidenceQueries } from '@meridian/ledger'
import { equalBytes, fromHex, toHex } from '@meridian/protocol'
import { decodeConversion, encodeConversion, findingWords, termsHash } from '@meridian/standards'
import { convertFor } from '../conversion/convert-for.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'
import { findVersion } from './record-id.ts'
import { sayOnLedger } from './say-on-ledger.ts'

/** The claim by which a conversion is attested: its subject is the commitment of the output, its value the hash of the terms. */
const CLAIM = 'record.converted'

/** `to` is an organisation. With `recorded` a conversion is made again and nothing is said on the ledger. */
export interface ConvertArgs {
  readonly id: string
  readonly to: string
  readonly recorded?: string
}

/** `{document, terms, attested: {statementId, height} | null}`. */
export const convert: Operation<ConvertArgs, Json> = {
  name: 'convert',
  async run(node, { id, to, recorded }) {
    const version = await findVersion(node, id)
    const { opened } = version
    if (opened === null) throw erased()
    const now = node.clock.now().toISOString()
    const document = await convertFor(node, { version, opened, to, recorded: recorded ?? now })
    const { terms } = document
    const attested =
      recorded === undefined
        ? await sayOnLedger(node, 'attest', {
            subjectRef: fromHex(terms.output) as Uint8Array,
            claim: CLAIM,
            valueHash: termsHash(node.suite, terms),
          })
        : null
    return { document: encodeConversion(document), terms, losses: terms.losses.map(lossWords), attested }
  },
}

/** `document` is the text of a file. */
export interface ConvertVerifyArgs {
  readonly document: string
}

/** `{verified, terms, losses, attestedHeight}`; refuses what is no conversion, or was not attested by the sender it names. */
export const convertVerify: Operation<ConvertVerifyArgs, Json> = {
  name: 'convert-verify',
  async run(node, { document }) {
    const read = decodeConversion(node.suite, new TextEncoder().encode(document))
    if (read === 'form') throw refused('conversion.form')
    if (read === 'output') throw refused('conversion.altered')
    const { terms } = read
    if (terms.genesisHash !== toHex(node.genesisHash)) throw refused('conversion.other-chain')
    const subjectRef = fromHex(terms.output) as Uint8Array
    const name = { subjectRef, claim: CLAIM, organisation: terms.from }
    const attestation = evidenceQueries.attestationOf(node.engine.state, name)
    if (attestation === undefined || !equalBytes(attestation.valueHash, termsHash(node.suite, terms)))
      throw refused('conversion.not-attested')
    const losses = terms.losses.map(lossWords)
    return { verified: true, terms, losses, attestedHeight: Number(attestation.height) }
  },
}

function lossWords({ code, path }: { readonly code: string; readonly path: string }): object {
  return { code, path, ...findingWords(code) }
}

const words = {
  'conversion.form': {
    zh: '这不是转换文件，或它被改动过。',
    en: 'This is no conversion file, or it was changed.',
  },
  'conversion.altered': {
    zh: '文件里的记录不是发送方转换出的那一份。',
    en: 'The record in the file is not the one that the sender converted.',
  },
  'conversion.other-chain': {
    zh: '该转换属于另一条链，请在对应的联盟核验。',
    en: 'The conversion belongs to another chain; verify it there.',
  },
  'conversion.not-attested': {
    zh: '账本上没有发送方对这次转换的证明；若刚刚转换，请稍后再试。',
    en: 'The ledger has no attestation of this conversion by its sender; if it is new, try again in a moment.',
  },
} as const

function refused(code: keyof typeof words): OperationRefused {
  return new OperationRefused(code, words[code])
}

function erased(): OperationRefused {
  return new OperationRefused('record-erased', {
    zh: '该记录的内容已依法删除，不能转换。',
    en: 'The content of this record was erased; there is nothing to convert.',
  })
}
