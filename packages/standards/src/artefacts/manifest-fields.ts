/** The fields of a manifest, each with the form it must have: what `readManifest` asks of one field after another. */
import { type Bilingual, type Finding, isFinding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { artefactLimits } from './artefact-limits.ts'
import { artefactKinds, artefactLayers } from './manifest.ts'

/** Whether a value has the form, and the words for it. */
interface FieldForm {
  readonly optional?: true
  readonly form: Bilingual
  fits(value: unknown): boolean
}

const ID = /^(?=.{1,128}$)[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*){0,7}$/
const VERSION =
  /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-[0-9A-Za-z-]{1,32}(?:\.[0-9A-Za-z-]{1,32}){0,3})?$/
const ORGANISATION = /^[a-z0-9][a-z0-9.-]{0,63}$/
const MEDIA_TYPE = /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,63}$/

/** A name of a file in a package: flat, lower case, no path. */
export const FILE_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value)
const isText = (value: unknown, limit = 200) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= limit
const hasOnly = (value: Record<string, unknown>, names: readonly string[]) =>
  Object.keys(value).every((name) => names.includes(name))

function isBilingual(value: unknown, limit: number): boolean {
  return isObject(value) && hasOnly(value, ['zh', 'en']) && isText(value.zh, limit) && isText(value.en, limit)
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

function isPeriod(value: unknown): boolean {
  if (!isObject(value) || !hasOnly(value, ['from', 'to']) || !isDay(value.from)) return false
  return !('to' in value) || (isDay(value.to) && String(value.to) >= String(value.from))
}

function isListOf(value: unknown, limit: number, fits: (item: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.length <= limit && value.every(fits)
}

function isArtefactVersion(value: unknown): boolean {
  return (
    isObject(value) &&
    hasOnly(value, ['id', 'version']) &&
    matches(ID)(value.id) &&
    matches(VERSION)(value.version)
  )
}

function isFile(value: unknown): boolean {
  if (!isObject(value) || !hasOnly(value, ['name', 'mediaType', 'bytes', 'sha256'])) return false
  const { name, mediaType, bytes, sha256 } = value
  return (
    matches(FILE_NAME)(name) &&
    name !== 'manifest.json' &&
    matches(MEDIA_TYPE)(mediaType) &&
    Number.isInteger(bytes) &&
    (bytes as number) >= 0 &&
    (bytes as number) <= artefactLimits.fileBytes &&
    matches(/^[0-9a-f]{64}$/)(sha256)
  )
}

function areFiles(value: unknown): boolean {
  if (!isListOf(value, artefactLimits.files, isFile)) return false
  const files = value as { name: string; bytes: number }[]
  const sorted = files.every((file, i) => i === 0 || (files[i - 1] as { name: string }).name < file.name)
  return sorted && files.reduce((sum, { bytes }) => sum + bytes, 0) <= artefactLimits.packageBytes
}

function isLicence(value: unknown): boolean {
  return (
    isObject(value) &&
    hasOnly(value, ['name', 'shared']) &&
    isText(value.name) &&
    typeof value.shared === 'boolean'
  )
}

const words = (zh: string, en: string): Bilingual => ({ zh, en })

/** Every field of a manifest by its name. */
const manifestFields: Readonly<Record<string, FieldForm>> = {
  format: {
    form: words('应为 meridian-artefact/1', 'it must be meridian-artefact/1'),
    fits: (value) => value === 'meridian-artefact/1',
  },
  id: {
    form: words('小写字母、数字、点、横线', 'lower case letters, digits, dots, hyphens'),
    fits: matches(ID),
  },
  version: {
    form: words('语义化版本，如 1.2.0', 'a semantic version such as 1.2.0'),
    fits: matches(VERSION),
  },
  kind: {
    form: words('应为已登记的类别之一', 'it must be one of the kinds there are'),
    fits: (value) => (artefactKinds as readonly unknown[]).includes(value),
  },
  layer: {
    form: words('base、technical 或 application', 'base, technical or application'),
    fits: (value) => (artefactLayers as readonly unknown[]).includes(value),
  },
  titles: {
    form: words('中文和英文名称', 'a title in zh and in en'),
    fits: (value) => isBilingual(value, 200),
  },
  description: {
    optional: true,
    form: words('中文和英文说明', 'a description in zh and in en'),
    fits: (value) => isBilingual(value, 2000),
  },
  steward: { form: words('机构标识', 'the id of an organisation'), fits: matches(ORGANISATION) },
  jurisdiction: {
    form: words('GB/T 2260 代码的列表', 'a list of codes of GB/T 2260'),
    fits: (value) => isListOf(value, 64, matches(/^\d{2}(?:\d{2}){0,2}$/)),
  },
  effective: { form: words('起止日期，止不早于起', 'days from and to, in order'), fits: isPeriod },
  dependencies: {
    form: words('标识和版本的列表', 'a list of ids and versions'),
    fits: (value) => isListOf(value, artefactLimits.dependencies, isArtefactVersion),
  },
  implements: {
    optional: true,
    form: words('标准号', 'the number of a standard'),
    fits: (value) => isText(value),
  },
  licence: { form: words('许可名称和可否共享', 'a name, and whether it may be shared'), fits: isLicence },
  files: {
    form: words(
      '按名称排序的文件，各有类型、字节数、摘要',
      'files in the order of names, each with type, bytes and hash',
    ),
    fits: areFiles,
  },
}

/** Whether a reader gave findings instead of what it read. */
export function areFindings(value: unknown): value is Finding[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'object' && item !== null && isFinding(item))
  )
}

/** The findings of a value that claims to be a manifest; none when it is one. */
export function checkManifestFields(value: unknown): Finding[] {
  if (!isObject(value))
    return [
      findingOf('artefact.field', 'manifest', {
        element: 'manifest',
        form: words('应为对象', 'it must be an object'),
      }),
    ]
  const unknown = Object.keys(value)
    .filter((name) => !Object.hasOwn(manifestFields, name))
    .slice(0, 20)
    .map((name) =>
      findingOf('artefact.unknown-field', `manifest.${name.slice(0, 64)}`, { element: name.slice(0, 64) }),
    )
  const wrong = Object.entries(manifestFields)
    .filter(([name, { optional, fits }]) => (name in value ? !fits(value[name]) : optional !== true))
    .map(([name, { form }]) => findingOf('artefact.field', `manifest.${name}`, { element: name, form }))
  return [...unknown, ...wrong]
}
