/** The contract suite on PostgreSQL 15 or later, where one is installed or named. */
import { hasPostgres, startTemporaryPostgres, type TemporaryPostgres } from '@meridian/testkit'
import { runOnce } from './contract/run-once.ts'
import { openDatabase } from './sql/open-database.ts'
import { vaultContract } from './vault-contract.ts'

let server: TemporaryPostgres | undefined

vaultContract(
  'PostgreSQL',
  {
    open: async () => {
      server = await startTemporaryPostgres({ runSql: runOnce })
      return openDatabase(server.url)
    },
    close: async () => server?.close(),
  },
  hasPostgres() ? {} : { skip: 'no PostgreSQL on this machine' },
)
