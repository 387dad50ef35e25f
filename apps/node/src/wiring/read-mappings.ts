/** The CSV mappings in force: those that are shipped, and the institution's own in the home's `mappings` folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CsvMapping, isCsvMapping, readCsvMapping, shippedMappingsDir } from '@meridian/gateway'
import { UsageError } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'

/** Where an institution's own mappings lie. */
export function ownMappingsDir(home: Pick<Home, 'dir'>): string {
  return join(home.dir, 'mappings')
}

/** Those that come with the program. */
export function readShippedMappings(): Map<string, CsvMapping> {
  return readMappings()
}

/** By `id|version`, and by `id` for the newest. The institution's own win. @throws UsageError naming the file and its mistakes. */
export function readMappings(ownDir?: string): Map<string, CsvMapping> {
  const mappings = new Map<string, CsvMapping>()
  for (const dir of [shippedMappingsDir, ownDir]) {
    if (dir === undefined || !existsSync(dir)) continue
    for (const file of readdirSync(dir)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const mapping = readMappingFile(join(dir, file))
      mappings.set(`${mapping.id}|${mapping.version}`, mapping)
      mappings.set(mapping.id, mapping)
    }
  }
  return mappings
}

/** One mapping document. @throws UsageError */
export function readMappingFile(file: string): CsvMapping {
  let document: unknown
  try {
    document = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new UsageError({
      zh: `映射文件 ${file} 无法读取。`,
      en: `The mapping file ${file} cannot be read.`,
    })
  }
  const mapping = readCsvMapping(document)
  if (isCsvMapping(mapping)) return mapping
  const mistakes = mapping.problems.map((p) => `${p.code} ${p.place}`).join('; ')
  throw new UsageError({
    zh: `映射文件 ${file} 有误：${mistakes}`,
    en: `The mapping file ${file} is wrong: ${mistakes}`,
  })
}
