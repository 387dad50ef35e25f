/** The contract suite on PGlite, the embedded home. */
import { templateFolder } from '@meridian/testkit'
import { openDatabase } from './sql/open-database.ts'
import { vaultContract } from './vault-contract.ts'

vaultContract('PGlite', {
  open: () => openDatabase('pglite:memory', { templateFolder }),
  close: async () => {},
})
