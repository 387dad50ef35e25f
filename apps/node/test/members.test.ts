/** Members and decisions from the command line, on an embedded home of one health commission, running and stopped. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { decodeGenesis, type GenesisDocument, genesisHash } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { type Command, UsageError } from '../src/command-line/command.ts'
import { parseCall } from '../src/command-line/parse.ts'
import { members } from '../src/commands/members.ts'
import { proposals } from '../src/commands/proposals.ts'
import { makeCard } from '../src/consortium/make-card.ts'
import { encodeCard, NO_CHAIN } from '../src/consortium/organisation-card.ts'
import { type Configuration, defaultConfiguration } from '../src/home/configuration.ts'
import { homeAt } from '../src/home/home.ts'
import { createHome, createMemberHome } from '../src/wiring/create-home.ts'
import { folderFor, startMeridian } from './meridian-process.ts'

const passphrase = 'only for these tests'
const environment = { MERIDIAN_PASSPHRASE: passphrase }
const now = new Date()
const commission: Configuration = {
  ...defaultConfiguration,
  organisation: {
    id: 'commission',
    names: { zh: '卫生健康委员会', en: 'Health Commission' },
    kind: 'health-commission',
  },
}
const clinic: Configuration = {
  ...defaultConfiguration,
  organisation: {
    id: 'clinic',
    names: { zh: '卫生院', en: 'Clinic' },
    kind: 'clinic',
    memberClass: 'ordinary',
    place: '330106',
  },
}

/** Calls a command as `main` does, in this process. */
function createHomeCaller(dir: string) {
  const call = async (command: Command, ...args: string[]) => {
    const { words, options } = parseCall(command, args)
    const said = { out: '', log: '' }
    const code = await command.run({
      words,
      options,
      home: dir,
      json: true,
      environment,
      out(text) {
        said.out += text
      },
      log(text) {
        said.log += text
      },
      signal: new AbortController().signal,
    })
    return { code, ...said }
  }
  return {
    async answer<T>(command: Command, ...args: string[]): Promise<T> {
      const { code, out, log } = await call(command, ...args)
      assert.equal(code, 0, log)
      return JSON.parse(out) as T
    },
    async refusal(command: Command, ...args: string[]): Promise<string> {
      const { code, out, log } = await call(command, ...args)
      assert.equal(code, 1, log)
      return (JSON.parse(out) as { refused: { code: string } }).refused.code
    },
  }
}

async function newHome(t: TestContext) {
  const folder = folderFor(t)
  const home = homeAt(join(folder, 'commission'))
  await createHome(home, commission, { environment, now })
  const applicant = homeAt(join(folder, 'clinic'))
  await createMemberHome(applicant, clinic, { environment, now })
  const genesis = genesisHash(nodeSuite, decodeGenesis(readFileSync(home.genesis)) as GenesisDocument)
  const cardFor = (chain: Uint8Array) => {
    const file = join(folder, 'clinic.card.json')
    const parts = { suite: nodeSuite, configuration: clinic, passphrase, genesisHash: chain }
    writeFileSync(file, encodeCard(makeCard(applicant, parts)))
    return file
  }
  const node = startMeridian(['start', '--home', home.dir, '--empty', '--port', '0'], environment)
  t.after(() => node.kill('SIGKILL'))
  await node.said(/Ctrl-C ends it/)
  const stop = async () => {
    node.kill('SIGTERM')
    assert.equal((await node.finished).code, 0)
  }
  return { folder, genesis, cardFor, stop, ...createHomeCaller(home.dir) }
}

interface Listed {
  readonly items: readonly { organisation: string; status: string; memberClass: string; sponsor: string }[]
}

interface Proposals {
  readonly items: readonly { proposalId: string; outcome: string }[]
  readonly parameters: { readonly items: readonly { name: string; value: number }[] }
}

test('an applicant comes in by its card, a review and a vote; the last core member cannot leave', async (t) => {
  const { genesis, cardFor, stop, answer, refusal } = await newHome(t)
  assert.equal(await refusal(members, 'apply', cardFor(NO_CHAIN)), 'members-other-chain')
  const card = cardFor(genesis)
  await answer(members, 'apply', card)
  assert.equal(await refusal(members, 'apply', card), 'membership.organisation-exists')
  const review = ['review', 'clinic', '--result', 'qualified', '--credentials', card]
  await answer(members, ...review)
  const admit = ['propose', 'membership.admit', 'clinic']
  const { proposalId } = await answer<{ proposalId: string }>(proposals, ...admit)
  const voted = await answer<{ outcome: string }>(proposals, 'vote', proposalId.slice(0, 8), 'yes')
  assert.equal(voted.outcome, 'activated')
  const { items } = await answer<Listed>(members)
  assert.deepEqual(
    items.map((each) => `${each.organisation} ${each.memberClass} ${each.status} ${each.sponsor}`.trim()),
    ['clinic ordinary active commission', 'commission core active'],
  )
  assert.equal(await refusal(members, 'leave', 'commission'), 'membership.last-core')
  assert.equal(await refusal(members, 'leave', 'clinic'), 'membership.not-own-organisation')
  await answer(members, 'endpoints', '--door', 'https://a.example', `${'0d'.repeat(20)}@a.example:26656`)
  await stop()
  assert.equal((await answer<Listed>(members, 'list')).items.length, 2)
})

test('a parameter is changed by vote; a proposal is withdrawn; refusals keep the words of the ledger', async (t) => {
  const { folder, answer, refusal } = await newHome(t)
  const document = join(folder, 'why.txt')
  writeFileSync(document, 'Larger blocks.')
  const change = ['propose', 'parameters.change', '--name', 'maxBlockBytes', '--value']
  const { proposalId } = await answer<{ proposalId: string }>(
    proposals,
    ...change,
    '1048576',
    '--document',
    document,
  )
  assert.equal(await refusal(proposals, 'vote', 'ffffffff', 'yes'), 'proposals-unknown')
  await answer(proposals, 'vote', proposalId, 'yes')
  assert.equal(await refusal(proposals, 'vote', proposalId, 'no'), 'governance.closed')
  assert.equal(await refusal(proposals, ...change, '1'), 'governance.parameter-range')
  const second = await answer<{ proposalId: string }>(proposals, ...change, '524288', '--days', '3')
  await answer(proposals, 'withdraw', second.proposalId)
  const { items, parameters } = await answer<Proposals>(proposals, '--outcome', 'withdrawn')
  assert.deepEqual(
    items.map((each) => each.proposalId),
    [second.proposalId],
  )
  assert.equal(parameters.items.find(({ name }) => name === 'maxBlockBytes')?.value, 1_048_576)
})

const wrong: readonly (readonly [Command, ...string[]])[] = [
  [members, 'dance'],
  [members, 'apply'],
  [members, 'review', 'clinic', '--result', 'perhaps', '--credentials', 'x'],
  [members, 'endpoints', 'nonsense'],
  [members, 'endpoints', '--door', 'ftp://a'],
  [proposals, 'show'],
  [proposals, 'vote', 'ffffffff', 'perhaps'],
  [proposals, 'propose', 'nothing'],
  [proposals, 'propose', 'membership.admit'],
  [proposals, 'propose', 'membership.change-class', 'clinic', '--class', 'boss'],
  [proposals, 'propose', 'upgrade'],
  [proposals, 'propose', 'parameters.change', '--name', 'Max', '--value', '1'],
  [proposals, 'list', '--outcome', 'nothing'],
]

test('a wrong call says how to call it and asks nobody', async () => {
  const { answer } = createHomeCaller('/nowhere')
  for (const [command, ...args] of wrong) {
    await assert.rejects(() => answer(command, ...args), UsageError, args.join(' '))
  }
})
