/** What tests may use of the test kit. */

export { templateFolder } from './template-folder.ts'
export {
  hasPostgres,
  type RunSql,
  startTemporaryPostgres,
  type TemporaryPostgres,
  type TemporaryPostgresOptions,
} from './temporary-postgres.ts'
