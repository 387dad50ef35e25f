/** Whether the node is ready: vault and ledger answer, the engine goes on, the height moves while statements wait. */
import type { Bilingual } from '../command-line/command.ts'
import { outsideText } from '../command-line/outside-failure.ts'
import type { Node } from '../wiring/node.ts'
import { pause } from '../wiring/pause.ts'
import type { Alarm } from './alarm.ts'
import type { Health } from './watch-health.ts'

/** What is asked. */
export type CheckName = 'vault' | 'ledger' | 'engine' | 'height'

/** One question and its answer. */
export interface Check {
  readonly name: CheckName
  readonly ok: boolean
  /** What is wrong: a code of ours, and the words that go with it. */
  readonly code?: string
  readonly message?: Bilingual
  readonly module?: string
}

/** The answer of `/readyz`. */
export interface Readiness {
  readonly ready: boolean
  readonly checks: readonly Check[]
}

/** Who is asked. */
export interface AskedNode {
  readonly vault: Pick<Node['vault'], 'status'>
  readonly ledger: Pick<Node['ledger'], 'status'>
}

/** A part that takes longer is as good as away. */
const PATIENCE_MS = 5_000

/** Asks all parts at once. Never rejects. */
export async function readReadiness({ vault, ledger }: AskedNode, health: Health): Promise<Readiness> {
  const [vaultCheck, ledgerCheck] = await Promise.all([
    answers('vault', () => vault.status()),
    answers('ledger', () => ledger.status()),
    health.look(),
  ])
  const alarms = health.alarms()
  const isStill = ({ code }: Alarm): boolean => code === 'ledger.stands-still'
  const checks = [
    vaultCheck,
    ledgerCheck,
    alarmCheck(
      'engine',
      alarms.find((alarm) => !isStill(alarm)),
    ),
    alarmCheck('height', alarms.find(isStill)),
  ]
  return { ready: checks.every(({ ok }) => ok), checks }
}

function alarmCheck(name: CheckName, alarm: Alarm | undefined): Check {
  if (alarm === undefined) return { name, ok: true }
  const { code, message, module } = alarm
  return { name, ok: false, code, message, ...(module === undefined ? {} : { module }) }
}

async function answers(name: 'vault' | 'ledger', ask: () => Promise<unknown>): Promise<Check> {
  const patience = new AbortController()
  try {
    await Promise.race([ask(), tooLate(patience.signal)])
    return { name, ok: true }
  } catch (error) {
    return { name, ok: false, code: `${name}.no-answer`, message: outsideText(error) ?? noAnswer[name] }
  } finally {
    patience.abort()
  }
}

async function tooLate(signal: AbortSignal): Promise<never> {
  await pause(PATIENCE_MS, signal)
  throw new Error('no answer in time')
}

const noAnswer: Readonly<Record<'vault' | 'ledger', Bilingual>> = {
  vault: { zh: '记录库没有应答。', en: 'The vault does not answer.' },
  ledger: { zh: '账本没有应答。', en: 'The ledger does not answer.' },
}
