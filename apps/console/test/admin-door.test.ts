// The admin door over a real node: who may call what, what leaves for whom, receipts byte for byte, mending.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { isRefusal, utf8, verifyReceipt } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { ElementChange, RecordRow } from '../src/api/documents.ts'
import { callDoor, type Visitor, visit } from './fixtures/door.ts'
import { type people, type RunningNode, startNode } from './fixtures/running-node.ts'

type Role = keyof typeof people

describe('the admin door', { concurrency: false }, () => {
  let node: RunningNode
  let at: Record<Role, Visitor>

  before(async () => {
    node = await startNode()
    at = {
      administrator: await visit(node.url, 'administrator'),
      clerk: await visit(node.url, 'clerk'),
      researcher: await visit(node.url, 'researcher'),
      auditor: await visit(node.url, 'auditor'),
    }
  })
  after(() => node?.stop())

  const firstOf = async (type: string) => {
    const { body } = await at.clerk.get(`/api/records?type=${type}`)
    assert.ok(body.items.length > 0, `the made-up day has no ${type}`)
    return body.items[0] as { type: string; id: string; version: number; height?: number }
  }

  test('nobody gets anything without signing in', async () => {
    for (const path of [
      '/api/session',
      '/api/corridor',
      '/api/records',
      '/api/trust',
      '/api/ledger/status',
      '/api/users',
    ]) {
      const answer = await callDoor(node.url, path)
      assert.equal(answer.status, 401, path)
      assert.equal(answer.body.code, 'session.required')
      assert.ok(answer.body.message.zh !== '' && answer.body.hint.en !== '')
    }
  })

  test('a wrong name and a wrong password get the same answer', async () => {
    const signIn = (name: string, password: string) =>
      callDoor(node.url, '/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, password }),
      })
    const [unknown, wrong] = [await signIn('nobody.here', 'x'), await signIn('shen.ji', 'x')]
    assert.equal(unknown.status, 401)
    assert.equal(unknown.text, wrong.text)
  })

  test('the session cookie is out of reach of scripts and of other sites', async () => {
    const answer = await callDoor(node.url, '/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'lu.ru', password: 'seven quiet rivers at dawn' }),
    })
    assert.match(answer.headers.get('set-cookie') ?? '', /; Path=\/api; HttpOnly; SameSite=Strict/)
  })

  test('a change with the cookie alone is refused; with a bearer token it needs no CSRF header', async () => {
    const without = await at.administrator.send(
      'POST',
      '/api/quarantine/retry',
      { room: 'anchor', code: 'none' },
      {},
    )
    assert.equal(without.status, 403)
    assert.equal(without.body.code, 'session.csrf')
    const token = at.clerk.cookie.split('=')[1]
    const bearer = await callDoor(node.url, '/api/quarantine/retry', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ room: 'anchor', code: 'none' }),
    })
    assert.deepEqual([bearer.status, bearer.body], [200, { taken: 0 }])
  })

  test('each role reaches what the access table says and nothing else', async () => {
    const { type, id, version } = await firstOf('Observation')
    const one = `/api/records/${type}/${id}`
    const { own } = (await at.auditor.get('/api/members')).body
    const rules: readonly (readonly [string, readonly Role[]])[] = [
      ['/api/corridor', ['administrator', 'clerk', 'researcher', 'auditor']],
      ['/api/records', ['administrator', 'clerk', 'researcher']],
      [one, ['administrator', 'clerk', 'researcher']],
      [`${one}/${version}/judgement`, ['administrator', 'clerk', 'researcher']],
      [`${one}/${version}/receipt`, ['administrator', 'clerk', 'researcher', 'auditor']],
      [`${one}/${version}/export`, ['administrator', 'clerk']],
      ['/api/quarantine/groups', ['administrator', 'clerk', 'auditor']],
      ['/api/quarantine', ['administrator', 'clerk']],
      ['/api/ledger/blocks', ['administrator', 'clerk', 'researcher', 'auditor']],
      [`/api/members/${own}/certificate`, ['administrator', 'clerk', 'researcher', 'auditor']],
      ['/api/users', ['administrator']],
    ]
    for (const [path, allowed] of rules) {
      for (const role of Object.keys(at) as Role[]) {
        const { status, body } = await at[role].get(path)
        assert.equal(status, allowed.includes(role) ? 200 : 403, `${role} ${path}`)
        if (status === 403) assert.equal(body.code, 'access.role')
      }
    }
  })

  test('every received item is in exactly one place', async () => {
    const { counts, pending, rooms } = (await at.auditor.get('/api/corridor')).body
    assert.ok(counts.received > 100)
    assert.equal(counts.received, counts.takenIn + counts.quarantined + counts.duplicates + pending.inbox)
    assert.equal(
      rooms.reduce((sum: number, room: { quarantined: number }) => sum + room.quarantined, 0),
      counts.quarantined,
    )
  })

  test('the event stream gives the corridor at once', async () => {
    const stop = new AbortController()
    const response = await fetch(`${node.url}/api/corridor/events`, {
      headers: { cookie: at.auditor.cookie },
      signal: stop.signal,
    })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const { value } = (await reader?.read()) ?? {}
    stop.abort()
    assert.match(value ?? '', /^data: \{"rooms":\[.*\}\n\n$/)
  })

  test('pages of the list follow one another without repeating a record', async () => {
    const first = (await at.clerk.get('/api/records')).body
    const second = (await at.clerk.get(`/api/records?cursor=${encodeURIComponent(first.next)}`)).body
    const ids = [...first.items, ...second.items].map(
      (item: { type: string; id: string }) => `${item.type}/${item.id}`,
    )
    assert.equal(new Set(ids).size, ids.length)
    assert.equal((await at.clerk.get('/api/records?cursor=nonsense')).body.code, 'request.invalid')
  })

  test('a list by type and state holds nothing else', async () => {
    const { items } = (await at.clerk.get('/api/records?type=Patient&state=final')).body
    assert.ok(items.length > 0)
    assert.ok(
      items.every(
        (item: RecordRow) => item.type === 'Patient' && item.state === 'final' && Number(item.height) > 0,
      ),
    )
  })

  test('each state lists the versions that have it, and what is received lists deliveries', async () => {
    for (const state of ['sealed', 'submitted', 'final', 'superseded', 'erased']) {
      const { items } = (await at.clerk.get(`/api/records?state=${state}`)).body
      assert.ok(items.every((item: RecordRow) => item.state === state))
    }
    const { items } = (await at.clerk.get('/api/records?state=superseded')).body
    assert.ok(items.length > 0, 'the made-up day supersedes nothing')
    assert.deepEqual((await at.clerk.get('/api/records?state=received')).body, { items: [] })
    assert.equal((await at.clerk.get('/api/records?state=lost')).body.code, 'request.invalid')
  })

  test('a version shows how it was judged when it was taken in, and is judged again only when asked', async () => {
    const { items } = (await at.clerk.get('/api/records?type=Patient&source=his')).body
    const one = `/api/records/Patient/${items[0].id}`
    const { versions } = (await at.clerk.get(one)).body
    const { takenIn, standardsSetHash, version } = versions[0]
    assert.match(takenIn.profile, /^(r4|cn-national)/)
    assert.equal(takenIn.standardsSetHash, standardsSetHash)
    const today = (await at.clerk.get(`${one}/${version}/judgement`)).body
    assert.deepEqual([today.profile, today.standardsSetHash], [takenIn.profile, standardsSetHash])
    const said = (findings: { code: string; path: string }[]) =>
      findings.map(({ code, path }) => [code, path])
    assert.deepEqual(said(today.findings), said(takenIn.findings))
    assert.equal((await at.clerk.get(`${one}/99/judgement`)).body.code, 'record.unknown')
  })

  test('an amended record shows before, after, when and from where', async () => {
    const { items } = (await at.clerk.get('/api/records?type=Patient&source=his')).body
    const amended = items.find((item: { version: number }) => item.version > 1)
    assert.ok(amended, 'the made-up day amends no patient')
    const { versions } = (await at.clerk.get(`/api/records/Patient/${amended.id}`)).body
    assert.deepEqual(
      versions.map((v: { version: number }) => v.version),
      [...versions.keys()].map((i) => versions.length - i),
    )
    const [head] = versions
    assert.ok(head.changes.length > 0)
    assert.ok(head.changes.every((c: ElementChange) => c.before !== c.after))
    assert.ok(head.times.received && head.times.stored && head.times.committed)
    assert.ok(head.provenance.participants.length > 0)
    assert.ok(head.provenance.map)
  })

  test('a researcher reads a patient without any of the identities a clerk sees', async () => {
    const { id } = await firstOf('Patient')
    const clerk = (await at.clerk.get(`/api/records/Patient/${id}`)).body
    const seen = await at.researcher.get(`/api/records/Patient/${id}`)
    assert.equal(seen.body.minimised, true)
    const identities = clerk.versions[0].elements.filter((e: { path: string }) =>
      /^\/(name|identifier|telecom|address)\/.*(text|family|given\/\d+|value|line\/\d+)$/.test(e.path),
    )
    assert.ok(identities.length > 1)
    for (const { path, value } of identities)
      assert.ok(!seen.text.includes(JSON.parse(value)), `${path} reaches the researcher`)
  })

  test('receipt, export and trust file leave byte for byte as they verify', async () => {
    const { items } = (await at.clerk.get('/api/records?type=Observation&state=final')).body
    const { type, id, version } = items[0]
    const base = `/api/records/${type}/${id}/${version}`
    const [receipt, record, trust] = await Promise.all([
      at.clerk.get(`${base}/receipt`),
      at.clerk.get(`${base}/export`),
      at.clerk.get('/api/trust'),
    ])
    const proof = verifyReceipt(nodeSuite, {
      receipt: utf8(receipt.text),
      record: utf8(record.text),
      trust: utf8(trust.text),
    })
    assert.deepEqual(
      proof.rungs.filter((rung) => !rung.ok || isRefusal(rung.refusal)),
      [],
    )
    assert.equal(proof.verified, true)
    assert.equal(proof.witnesses, 1)
  })

  test('the certificate of a member is the file that the command line writes', async () => {
    const { own } = (await at.auditor.get('/api/members')).body
    const { status, text } = await at.auditor.get(`/api/members/${own}/certificate`)
    assert.equal(status, 200)
    assert.equal(text, (await node.run(['members', 'certificate', own])).trimEnd())
    const nobody = await at.auditor.get('/api/members/nobody/certificate')
    assert.deepEqual([nobody.status, nobody.body.parameter], [409, 'members-unknown'])
  })

  test('unknown things are refused with a code, an unknown address too', async () => {
    const unknown = [
      ['/api/records/Observation/none', 404, 'record.unknown'],
      ['/api/records/Observation/none/1/receipt', 404, 'record.unknown'],
      ['/api/records/Observation/none/0/receipt', 400, 'request.invalid'],
      ['/api/quarantine/none', 404, 'quarantine.unknown'],
      ['/api/ledger/blocks/999999', 404, 'block.unknown'],
      ['/api/ledger/blocks/zero', 400, 'request.invalid'],
      ['/api/nothing', 404, 'route.unknown'],
    ] as const
    for (const [path, status, code] of unknown) {
      const answer = await at.administrator.get(path)
      assert.deepEqual([answer.status, answer.body.code], [status, code], path)
    }
  })

  test('a refused item is shown with the place marked, mended, and taken in', async () => {
    const { items } = (await at.clerk.get('/api/quarantine')).body
    const row = items.find((item: { code: string }) => item.code === 'hl7v2.unit-missing')
    assert.ok(row, 'the made-up day has no value without a unit')
    const item = (await at.clerk.get(`/api/quarantine/${row.id}`)).body
    const [mark] = item.marks
    assert.equal(item.text.slice(mark.from, mark.to), '|')
    const text = `${item.text.slice(0, mark.to)}Cel${item.text.slice(mark.to)}`
    const mended = await at.clerk.send('POST', `/api/quarantine/${row.id}/mend`, { text })
    assert.equal(mended.body.outcome, 'taken-in', mended.text)
    assert.ok(mended.body.records.length > 0)
    const { counts, pending } = (await at.clerk.get('/api/corridor')).body
    assert.equal(counts.received, counts.takenIn + counts.quarantined + counts.duplicates + pending.inbox)
    const again = await at.clerk.send('POST', `/api/quarantine/${row.id}/mend`, { text })
    assert.equal(again.body.code, 'quarantine.unknown')
  })

  test('a row that the validator refuses names its column, which is marked', async () => {
    const { items } = (await at.clerk.get('/api/quarantine?room=validate')).body
    const row = items.find((item: { form: string }) => item.form === 'csv-row')
    assert.ok(row, 'the made-up day has no row that the validator refuses')
    assert.match(row.place, /^column "[^"]+"$/)
    const item = (await at.clerk.get(`/api/quarantine/${row.id}`)).body
    assert.ok(item.marks.length > 0)
    assert.ok(item.headings.includes(row.place.slice('column "'.length, -1)))
  })

  test('a mend that mends nothing is refused again, with the reason', async () => {
    const { items } = (await at.clerk.get('/api/quarantine')).body
    const row = items.find((item: { code: string }) => item.code === 'hl7v2.sex-code')
    const retried = await at.clerk.send('POST', `/api/quarantine/${row.id}/retry`)
    assert.equal(retried.body.outcome, 'refused')
    assert.equal(retried.body.item.code, 'hl7v2.sex-code')
    assert.ok(retried.body.item.attempts > row.attempts)
  })

  test('blocks show their statements decoded', async () => {
    const { items } = (await at.auditor.get('/api/ledger/blocks')).body
    const height = items.find((block: { statements: number }) => block.statements > 0).height
    const block = (await at.auditor.get(`/api/ledger/blocks/${height}`)).body
    const [statement] = block.statements
    assert.equal(statement.kind, 'anchor-batch')
    assert.match(statement.body.root, /^[0-9a-f]{64}$/)
    assert.deepEqual([block.signatures, block.validators], [1, 1])
    assert.ok(block.subRoots.some((root: { name: string }) => root.name === 'evidence'))
  })

  test('an administrator makes, disables and re-enables a user; a disabled one is out at once', async () => {
    const user = {
      name: 'xin.ren',
      displayName: '新人',
      role: 'clerk',
      password: 'a long enough first password',
    }
    const made = await at.administrator.send('POST', '/api/users', user)
    assert.equal(made.status, 201)
    assert.ok(!made.text.includes(user.password))
    assert.equal((await at.administrator.send('POST', '/api/users', user)).body.code, 'user.name-taken')
    const change = (body: object) => at.administrator.send('PATCH', '/api/users/shen.ji', body)
    assert.equal((await change({ disabled: true })).body.disabled, true)
    assert.equal((await at.auditor.get('/api/corridor')).status, 401)
    assert.equal((await change({ disabled: false })).body.disabled, false)
    assert.equal(
      (await at.administrator.send('PATCH', '/api/users/none', { disabled: true })).body.code,
      'user.unknown',
    )
  })

  test('signing out ends the session on the server', async () => {
    const visitor = await visit(node.url, 'clerk')
    assert.equal((await visitor.send('DELETE', '/api/session')).status, 204)
    assert.equal((await visitor.get('/api/session')).status, 401)
  })

  test('the console is served with a policy that allows nothing from elsewhere', async () => {
    const { headers, status } = await callDoor(node.url, '/')
    assert.equal(status, 200)
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*connect-src 'self'/)
    assert.equal((await callDoor(node.url, '/verify.html')).status, 200)
    assert.equal((await callDoor(node.url, '/../package.json')).status, 404)
  })
})
