/** The README's example runs as it stands there. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { connectAbci } from './fixtures/abci-client.ts'
import { vectorRequests } from './fixtures/vector-messages.ts'
import type { Request } from './tables/envelope.ts'

test('the example of the README counts the transactions of a block and remembers them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'abci-readme-'))
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const script = join(folder, 'counter.ts')
  const library = pathToFileURL(join(import.meta.dirname, 'index.ts')).href
  writeFileSync(script, code.replace("'@meridian/abci'", `'${library}'`))
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(createInterface({ input: child.stdout }), 'line')
    const client = await connectAbci({ path: join(folder, 'counter.sock') })
    const { value } = vectorRequests.finalizeBlock as Request
    const block = { ...value, txs: [Uint8Array.of(1), Uint8Array.of(2)] }
    await client.call({ kind: 'finalizeBlock', value: block } as Request)
    await client.call({ kind: 'commit', value: {} })
    const answer = await client.call(vectorRequests.query as Request)
    assert.ok(answer.kind === 'query' && Buffer.from(answer.value.value ?? []).toString() === '2')
    client.socket.destroy()
  } finally {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})
