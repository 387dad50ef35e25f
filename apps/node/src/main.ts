/**
 * The program `meridian`. Half of what a short command costs is the compiling of its thousand source files, so what was
 * compiled is kept beside the installed modules, where only who installs may write; elsewhere nothing is kept.
 */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'meridian'))
const { runProgram } = await import('./command-line/program.ts')
process.exitCode = await runProgram(process.argv.slice(2))
