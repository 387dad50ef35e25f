/** The table of commands: help and the program are made from it. */
import type { Command } from '../command-line/command.ts'
import { backup } from './backup.ts'
import { bench } from './bench.ts'
import { chain } from './chain.ts'
import { erase } from './erase.ts'
import { intake } from './intake.ts'
import { quarantine } from './quarantine.ts'
import { exportRecord, receipt, trust } from './receipt.ts'
import { records } from './records.ts'
import { restore } from './restore.ts'
import { start } from './start.ts'
import { status } from './status.ts'
import { users } from './users.ts'
import { vault } from './vault.ts'
import { verify } from './verify.ts'

/** In the order of `meridian help`. */
export const commands: readonly Command[] = [
  start,
  intake,
  records,
  quarantine,
  receipt,
  exportRecord,
  trust,
  verify,
  vault,
  chain,
  erase,
  users,
  status,
  backup,
  restore,
  bench,
]
