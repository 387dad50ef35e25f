/** The table of operations: what a command may ask of a node. */
import { backup } from './backup.ts'
import { chainVerify } from './chain-verify.ts'
import { convert, convertVerify } from './convert.ts'
import { coseCheck } from './cose-check.ts'
import { erase } from './erase.ts'
import { group } from './group.ts'
import { intake } from './intake.ts'
import { keys } from './keys.ts'
import { members } from './members.ts'
import type { Json, Operation } from './operation.ts'
import { proposals } from './proposals.ts'
import { propose } from './propose.ts'
import {
  qualityCompare,
  qualityCompareSources,
  qualityFailures,
  qualityInterconnection,
  qualityPublish,
  qualityRun,
  qualityShow,
  qualityThresholds,
  qualityTrend,
  qualityVerify,
} from './quality.ts'
import { quarantine } from './quarantine.ts'
import { coseReceipt, exportRecord, exportSource, receipt, trust } from './receipt.ts'
import { records } from './records.ts'
import { registry } from './registry.ts'
import { review } from './review.ts'
import { standards } from './standards.ts'
import { status } from './status.ts'
import { users } from './users.ts'
import { vaultVerify } from './vault-verify.ts'
import { vote } from './vote.ts'

const operations: readonly Operation<never, Json>[] = [
  backup,
  chainVerify,
  convert,
  convertVerify,
  coseCheck,
  coseReceipt,
  erase,
  exportRecord,
  exportSource,
  group,
  intake,
  keys,
  members,
  proposals,
  propose,
  qualityCompare,
  qualityCompareSources,
  qualityFailures,
  qualityInterconnection,
  qualityPublish,
  qualityRun,
  qualityShow,
  qualityThresholds,
  qualityTrend,
  qualityVerify,
  quarantine,
  receipt,
  records,
  standards,
  registry,
  review,
  status,
  trust,
  users,
  vaultVerify,
  vote,
]

/** The operation of that name; its arguments are checked where they are used. */
export function operationNamed(name: string): Operation<Json, Json> | undefined {
  return operations.find((operation) => operation.name === name) as Operation<Json, Json> | undefined
}
