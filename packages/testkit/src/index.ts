/** What tests may use of the test kit. */

export { mountSmallDisk, noSmallDisk, type SmallDisk } from './small-disk.ts'
export { templateFolder } from './template-folder.ts'
export {
  hasPostgres,
  type RunSql,
  startTemporaryPostgres,
  type TemporaryPostgres,
  type TemporaryPostgresOptions,
} from './temporary-postgres.ts'
