/** One statement on a database of its own connection, for the test kit. */
import { openDatabase } from '../sql/open-database.ts'

/** Runs it and disconnects. */
export async function runOnce(url: string, sql: string): Promise<void> {
  const driver = await openDatabase(url)
  try {
    await driver.query(sql)
  } finally {
    await driver.close()
  }
}
