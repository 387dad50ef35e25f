/** Backup and restore with the real program: a running node is copied, restored elsewhere, and goes on by handover. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor, meridian, startMeridian } from './meridian-process.ts'

const patient = (id: string, family: string) =>
  JSON.stringify({ resourceType: 'Patient', id, gender: 'female', name: [{ family, given: ['试'] }] })

interface ChainAnswer {
  readonly verified: boolean
  readonly height: number
  readonly fault?: object
  readonly earlier: readonly {
    readonly chainId: string
    readonly kept: boolean
    readonly height?: number
    readonly fault?: object
  }[]
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly state: string }[]
}

test('a running node is backed up, restored elsewhere and goes on by handover', {
  timeout: 300_000,
}, async (t) => {
  const folder = folderFor(t)
  const at = (name: string) => join(folder, name)
  const old = at('old')
  const made = at('new')
  const ok = async (...args: string[]) => {
    const finished = await meridian(args)
    assert.equal(finished.code, 0, `${args.join(' ')}\n${finished.log}\n${finished.out}`)
    return finished.out
  }
  const idsOf = async (home: string) =>
    (JSON.parse(await ok('records', '--home', home, '--count', '100', '--json')) as Listed).items
  const chainsOf = async (home: string) =>
    JSON.parse((await meridian(['chain', 'verify', '--home', home, '--json'])).out) as ChainAnswer
  const verifies = async (name: string, trust: string) =>
    meridian(['verify', at(`${name}.json`), '--record', at(`${name}.record.json`), '--trust', at(trust)])
  const keep = async (home: string, id: string, name: string) => {
    await ok('receipt', id, '-o', at(`${name}.json`), '--home', home)
    await ok('export', id, '-o', at(`${name}.record.json`), '--home', home)
  }

  const node = startMeridian(['start', '--empty', '--home', old, '--port', '0'])
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  for (const name of ['a', 'b', 'c']) writeFileSync(at(`${name}.json`), patient(name, '王'))
  await ok('intake', at('a.json'), at('b.json'), '--home', old)
  const scan = JSON.stringify({
    resourceType: 'Binary',
    id: 'scan',
    contentType: 'image/png',
    data: 'AbCd'.repeat(99_999),
  })
  writeFileSync(at('scan.json'), scan)
  const [first, second] = await idsOf(old)
  assert.ok(first && second)
  await keep(old, first.id, 'first')
  await ok('trust', '-o', at('trust-old.json'), '--home', old)

  await t.test('what is large lies encrypted beside the database, as it came and as it is kept', async () => {
    await ok('intake', at('scan.json'), '--home', old)
    const files = globSync('??/*', { cwd: join(old, 'blobs') })
    assert.equal(files.length, 2)
    for (const file of files) assert.ok(!readFileSync(join(old, 'blobs', file)).includes('AbCdAbCd'))
  })

  await t.test('backup while running gives one file, without any key or signing state', async () => {
    const answer = JSON.parse(await ok('backup', '-o', at('backup.tar'), '--home', old, '--json'))
    assert.equal(answer.database, 'embedded')
    await ok('backup', '-o', `${at('backups')}/`, '--home', old)
    const inside = globSync('**/*', { cwd: at('backups') })
    assert.ok(inside.some((path) => path.endsWith('data.mdb')))
    assert.deepEqual(
      inside.filter((path) => /keys|keyring|passphrase|validator|signing-state/.test(path)),
      [],
    )
    assert.deepEqual(globSync('*partial*', { cwd: folder }), [])
  })

  await t.test('a backup never overwrites one', async () => {
    assert.equal((await meridian(['backup', '-o', at('backup.tar'), '--home', old])).code, 1)
  })

  await t.test('what is erased after the backup is on the list that is kept outside it', async () => {
    const [type, id] = second.id.split('/')
    const ask = await ok('erase', `${type}/${id}`, '--reason', 'test', '--by', 'one', '--home', old, '--json')
    const { requestId } = JSON.parse(ask) as { requestId: string }
    await ok('erase', '--confirm', requestId, '--by', 'two', '--home', old)
    assert.equal(JSON.parse(readFileSync(join(old, 'erasures.json'), 'utf8')).entries.length, 1)
  })

  node.kill('SIGTERM')
  assert.equal((await node.finished).code, 0)
  cpSync(join(old, 'keys'), at('keys'), { recursive: true })
  cpSync(join(old, 'erasures.json'), at('erasures.json'))
  rmSync(old, { recursive: true })
  const restore = (from: string, home: string) =>
    meridian([
      'restore',
      from,
      '--home',
      home,
      '--keys',
      at('keys'),
      '--erasures',
      at('erasures.json'),
      '--json',
    ])

  await t.test('an altered backup is refused by the name of the file, and no home is left', async () => {
    const bytes = readFileSync(at('backup.tar'))
    const place = bytes.indexOf('meridian/genesis/v1')
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(at('altered.tar'), bytes)
    const { code, out } = await restore(at('altered.tar'), at('nowhere'))
    assert.equal(code, 1)
    assert.match(out, /backup-altered/)
    writeFileSync(at('short.tar'), bytes.subarray(0, bytes.length / 2))
    assert.equal((await restore(at('short.tar'), at('nowhere'))).code, 1)
    assert.ok(!existsSync(at('nowhere')))
    assert.deepEqual(globSync('nowhere*', { cwd: folder }), [])
  })

  await t.test('restore opens a new chain that names the old head', async () => {
    const { code, out, log } = await restore(at('backup.tar'), made)
    assert.equal(code, 0, log)
    const { chainId, handover, erasedAgain } = JSON.parse(out)
    assert.notEqual(chainId, handover.chainId)
    assert.ok(handover.height > 0)
    assert.equal(erasedAgain, 1)
    assert.equal(
      JSON.parse(readFileSync(join(made, 'genesis.json'), 'utf8')).handover.chainId,
      handover.chainId,
    )
    assert.equal((await restore(at('backup.tar'), made)).code, 2)
  })

  await t.test('what is large is there again, byte for byte', async () => {
    const listed = JSON.parse(await ok('records', '--type', 'Binary', '--home', made, '--json')) as Listed
    await ok('export', listed.items[0]?.id ?? '', '--source', '-o', at('scan-again.json'), '--home', made)
    assert.equal(readFileSync(at('scan-again.json'), 'utf8'), scan)
    assert.equal(globSync('??/*', { cwd: join(made, 'blobs') }).length, 2)
  })

  await t.test('what was erased stays erased', async () => {
    const { code } = await meridian(['export', second.id, '--home', made])
    assert.equal(code, 1)
  })

  await t.test('an old receipt still verifies, by the old trust file and by the new one', async () => {
    await ok('trust', '-o', at('trust-new.json'), '--home', made)
    assert.equal(JSON.parse(readFileSync(at('trust-new.json'), 'utf8')).anchors.length, 2)
    for (const trust of ['trust-old.json', 'trust-new.json'])
      assert.equal((await verifies('first', trust)).code, 0, trust)
  })

  await t.test('an old record gets a receipt again, from the old chain, in both forms', async () => {
    await keep(made, first.id, 'again')
    const { code, out } = await verifies('again', 'trust-new.json')
    assert.equal(code, 0, out)
    await ok('receipt', first.id, '--format', 'cose', '-o', at('again.cose'), '--home', made)
  })

  await t.test('a new record is anchored on the new chain, and an old delivery is still known', async () => {
    assert.equal((await meridian(['intake', at('a.json'), '--home', made])).code, 0)
    const summary = JSON.parse(await ok('intake', at('c.json'), at('b.json'), '--home', made, '--json'))
    assert.equal(summary.duplicates, 1)
    const known = new Set([first.id, second.id])
    const fresh = (await idsOf(made)).find(({ id }) => !known.has(id))
    assert.equal(fresh?.state, 'final')
    await keep(made, fresh?.id ?? '', 'fresh')
    assert.equal((await verifies('fresh', 'trust-new.json')).code, 0)
    assert.equal((await verifies('fresh', 'trust-old.json')).code, 1)
  })

  await t.test('vault and chain verify in the restored home', async () => {
    await ok('vault', 'verify', '--home', made)
    const { verified, height, earlier } = JSON.parse(
      await ok('chain', 'verify', '--home', made, '--json'),
    ) as ChainAnswer
    const { handover } = JSON.parse(readFileSync(join(made, 'genesis.json'), 'utf8'))
    assert.ok(verified && height > 0)
    assert.deepEqual(
      earlier.map(({ chainId, kept, fault }) => ({ chainId, kept, fault })),
      [{ chainId: handover.chainId, kept: true, fault: undefined }],
    )
    assert.ok((earlier[0]?.height ?? 0) >= handover.height)
    assert.match(await ok('chain', 'verify', '--home', made), /earlier chain agree, and so does the handover/)
  })

  await t.test('a restored home is backed up and restored in its turn, from a folder', async () => {
    await ok('backup', '-o', `${at('second')}/`, '--home', made)
    const [name] = globSync('*', { cwd: at('second') })
    assert.equal((await restore(join(at('second'), name ?? ''), at('third'))).code, 0)
    await ok('trust', '-o', at('trust-third.json'), '--home', at('third'))
    assert.equal((await verifies('first', 'trust-third.json')).code, 0)
    assert.equal((await verifies('fresh', 'trust-third.json')).code, 0)
    await keep(at('third'), first.id, 'third')
    assert.equal((await verifies('third', 'trust-third.json')).code, 0)
    await ok('vault', 'verify', '--home', at('third'))
    const { earlier } = JSON.parse(
      await ok('chain', 'verify', '--home', at('third'), '--json'),
    ) as ChainAnswer
    assert.deepEqual(
      earlier.map(({ kept, fault }) => [kept, fault]),
      [
        [true, undefined],
        [true, undefined],
      ],
    )
  })

  await t.test('chain verify names the earlier chain that was altered', async () => {
    const oldest = JSON.parse(readFileSync(join(made, 'genesis.json'), 'utf8')).handover.chainId
    const [file] = globSync('**/data.mdb', { cwd: join(at('third'), 'chains', oldest) })
    const path = join(at('third'), 'chains', oldest, file ?? '')
    const bytes = readFileSync(path)
    for (
      let place = bytes.indexOf('anchor-batch');
      place >= 0;
      place = bytes.indexOf('anchor-batch', place + 1)
    )
      bytes[place] = 0x41
    writeFileSync(path, bytes)
    const { code, out } = await meridian(['chain', 'verify', '--home', at('third'), '--json'])
    assert.equal(code, 1)
    const { verified, fault, earlier } = JSON.parse(out) as ChainAnswer
    assert.equal(verified, false)
    assert.equal(fault, undefined)
    assert.deepEqual(
      earlier.map((chain) => [chain.chainId === oldest, chain.fault !== undefined]),
      [
        [false, false],
        [true, true],
      ],
    )
  })

  await t.test('chain verify says which earlier chain is not kept, and claims nothing of it', async () => {
    const running = startMeridian(['start', '--empty', '--home', at('third'), '--port', '0'])
    t.after(() => running.kill('SIGKILL'))
    await running.said(/Ctrl-C ends it/)
    const [newer] = (await chainsOf(at('third'))).earlier
    rmSync(join(at('third'), 'chains', newer?.chainId ?? ''), { recursive: true })
    const { code, out } = await meridian(['chain', 'verify', '--home', at('third'), '--json'])
    assert.equal(code, 0)
    assert.deepEqual((JSON.parse(out) as ChainAnswer).earlier, [{ chainId: newer?.chainId, kept: false }])
    assert.match(
      await ok('chain', 'verify', '--home', at('third')),
      /not kept here; neither it nor what came before/,
    )
  })
})
