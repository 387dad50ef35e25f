/** The thread that verifies batches of signatures, by the same native suite as everywhere else. */
import { parentPort } from 'node:worker_threads'
import { nodeSuite } from '@meridian/protocol/node'
import { decodeSignatureBatch } from './signature-batch.ts'

parentPort?.on('message', (batch: Uint8Array) => {
  const verdicts = Uint8Array.from(decodeSignatureBatch(batch), ({ publicKey, message, signature }) =>
    nodeSuite.verifyStatementSignature(publicKey, message, signature) ? 1 : 0,
  )
  parentPort?.postMessage(verdicts, [verdicts.buffer])
})
