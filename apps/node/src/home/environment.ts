/**
 * `MERIDIAN_*`: what the environment may say instead of `meridian.json`, for service managers and containers. It goes before the file; a
 * variable that nobody knows is refused, so a typo never passes silently.
 */
import { UsageError } from '../command-line/command.ts'
import type { Configuration } from './configuration.ts'

/** The settings by section, as far as they are given. */
export interface EnvironmentSettings {
  readonly database?: string
  readonly blockIntervalMs?: number
  readonly listen?: Partial<Configuration['listen']>
  readonly consensus?: Partial<Configuration['consensus']>
  readonly batches?: Partial<Configuration['batches']>
  readonly monitoring?: Partial<Configuration['monitoring']>
  readonly ledger?: Partial<Configuration['ledger']>
}

type Form = 'text' | 'number' | 'yes' | 'list'

/** One variable: the setting of `meridian.json` that it stands for, and how it is written. */
export interface EnvironmentVariable {
  readonly name: string
  readonly setting: string
  readonly form: Form
}

const variable = (name: string, setting: string, form: Form = 'text'): EnvironmentVariable => ({
  name,
  setting,
  form,
})

/** All of them, in the order of the guide. */
export const environmentTable: readonly EnvironmentVariable[] = [
  variable('DATABASE_URL', 'database'),
  variable('MERIDIAN_LISTEN_HOST', 'listen.host'),
  variable('MERIDIAN_LISTEN_PORT', 'listen.port', 'number'),
  variable('MERIDIAN_PUBLIC_URL', 'listen.publicUrl'),
  variable('MERIDIAN_TLS_CERT', 'listen.tls.cert'),
  variable('MERIDIAN_TLS_KEY', 'listen.tls.key'),
  variable('MERIDIAN_BEHIND_PROXY', 'listen.behindProxy', 'yes'),
  variable('MERIDIAN_P2P_LISTEN', 'consensus.p2pListen'),
  variable('MERIDIAN_P2P_EXTERNAL', 'consensus.p2pExternal'),
  variable('MERIDIAN_PEERS', 'consensus.peers', 'list'),
  variable('MERIDIAN_BLOCK_INTERVAL_MS', 'blockIntervalMs', 'number'),
  variable('MERIDIAN_BATCH_MAX_COUNT', 'batches.maxCount', 'number'),
  variable('MERIDIAN_BATCH_MAX_AGE_MS', 'batches.maxAgeMs', 'number'),
  variable('MERIDIAN_KEEP_BLOCKS', 'ledger.keepBlocks', 'number'),
  variable('MERIDIAN_SNAPSHOT_INTERVAL', 'ledger.snapshotInterval', 'number'),
  variable('MERIDIAN_STILL_AFTER_MS', 'monitoring.stillAfterMs', 'number'),
  variable('MERIDIAN_MONITORING_TOKEN', 'monitoring.token'),
]

/** Read elsewhere: they are no settings of `meridian.json`. */
const OTHERS: ReadonlySet<string> = new Set([
  'MERIDIAN_HOME',
  'MERIDIAN_PASSPHRASE',
  'MERIDIAN_NEW_PASSPHRASE',
  'MERIDIAN_PASSWORD',
  'MERIDIAN_NODE',
  'MERIDIAN_REPORT',
  'MERIDIAN_SEED',
])

/** What the environment says. @throws UsageError naming a variable that is unknown or cannot be read. */
export function readEnvironment(environment: NodeJS.ProcessEnv): EnvironmentSettings {
  refuseUnknown(environment)
  const settings: Settings = {}
  for (const { name, setting, form } of environmentTable) {
    const text = environment[name]
    if (text !== undefined && text !== '') put(settings, setting.split('.'), readers[form](text, name))
  }
  return settings as EnvironmentSettings
}

/** The variables that say something now, for a message. */
export function namesInUse(environment: NodeJS.ProcessEnv): readonly string[] {
  return environmentTable.map(({ name }) => name).filter((name) => (environment[name] ?? '') !== '')
}

interface Settings {
  [name: string]: Settings | string | number | boolean | readonly string[]
}

function put(into: Settings, [first = '', ...rest]: readonly string[], value: Settings[string]): void {
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const inner = (into[first] ?? {}) as Settings
  into[first] = inner
  put(inner, rest, value)
}

const readers: Readonly<Record<Form, (text: string, name: string) => Settings[string]>> = {
  text: (text) => text,
  list: (text) => text.split(',').map((each) => each.trim()),
  number(text, name) {
    if (/^\d{1,12}$/.test(text)) return Number(text)
    throw wrong(name, { zh: '应为整数', en: 'is a whole number' })
  },
  yes(text, name) {
    if (text === 'true' || text === 'false') return text === 'true'
    throw wrong(name, { zh: '应为 true 或 false', en: 'is true or false' })
  },
}

function wrong(name: string, { zh, en }: { readonly zh: string; readonly en: string }): UsageError {
  return new UsageError(
    { zh: `环境变量 ${name} ${zh}。`, en: `The environment variable ${name} ${en}.` },
    'environment.form',
  )
}

function refuseUnknown(environment: NodeJS.ProcessEnv): void {
  const known = new Set(environmentTable.map(({ name }) => name))
  const unknown = Object.keys(environment).filter(
    (name) => /^MERIDIAN_(?!TEST_)/.test(name) && !known.has(name) && !OTHERS.has(name),
  )
  if (unknown.length === 0) return
  throw new UsageError(
    {
      zh: `不认识的环境变量：${unknown.join('、')}。可用的有：${[...known, 'MERIDIAN_PASSPHRASE', 'MERIDIAN_HOME'].join('、')}`,
      en: `The environment has variables nobody knows: ${unknown.join(', ')}. Known: ${[...known, 'MERIDIAN_PASSPHRASE', 'MERIDIAN_HOME'].join(', ')}`,
    },
    'environment.unknown',
  )
}
