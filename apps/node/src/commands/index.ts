/** The table of commands: help and the program are made from it. */
import type { Command } from '../command-line/command.ts'
import { backup } from './backup.ts'
import { bench } from './bench.ts'
import { card } from './card.ts'
import { chain } from './chain.ts'
import { consortium } from './consortium.ts'
import { convert } from './convert.ts'
import { elements } from './elements.ts'
import { erase } from './erase.ts'
import { found } from './found.ts'
import { group } from './group.ts'
import { intake } from './intake.ts'
import { join } from './join.ts'
import { keys } from './keys.ts'
import { mapping } from './mapping.ts'
import { maps } from './maps.ts'
import { members } from './members.ts'
import { proposals } from './proposals.ts'
import { quality } from './quality.ts'
import { quarantine } from './quarantine.ts'
import { exportRecord, receipt } from './receipt.ts'
import { records } from './records.ts'
import { registry } from './registry.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { standards } from './standards.ts'
import { start } from './start.ts'
import { status } from './status.ts'
import { terminology } from './terminology.ts'
import { trust } from './trust.ts'
import { users } from './users.ts'
import { validate } from './validate.ts'
import { vault } from './vault.ts'
import { verify } from './verify.ts'

/** In the order of `meridian help`. */
export const commands: readonly Command[] = [
  start,
  serve,
  intake,
  validate,
  elements,
  mapping,
  maps,
  terminology,
  group,
  records,
  quarantine,
  quality,
  receipt,
  exportRecord,
  convert,
  trust,
  verify,
  vault,
  chain,
  erase,
  users,
  keys,
  status,
  registry,
  consortium,
  card,
  found,
  join,
  members,
  proposals,
  standards,
  backup,
  restore,
  bench,
]
