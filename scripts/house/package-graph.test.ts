// A package boundary is a trust boundary: who may import whom (ARCHITECTURE.md, Packages).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTest, sourceFiles } from './tree.ts'

const mayImport: Record<string, readonly string[]> = {
  protocol: [],
  abci: [],
  ledger: ['protocol'],
  engine: ['protocol', 'abci'],
  client: ['protocol'],
  standards: ['protocol'],
  vault: ['protocol'],
  gateway: ['protocol', 'client', 'standards', 'vault'],
  testkit: ['protocol', 'abci', 'ledger', 'engine', 'client', 'standards', 'vault', 'gateway'],
  node: ['protocol', 'ledger', 'engine', 'client', 'standards', 'vault', 'gateway', 'console'],
  console: ['protocol', 'client', 'standards'],
}

const packageOf = (path: string) => path.split('/')[1] ?? ''

test('every import between packages is one that the architecture allows', () => {
  const wrong: string[] = []
  for (const file of sourceFiles()) {
    if (isTest(file.path)) continue
    const from = packageOf(file.path)
    for (const name of file.imports) {
      const to = /^@meridian\/([a-z]+)/.exec(name)?.[1]
      if (to !== undefined && to !== from && !mayImport[from]?.includes(to))
        wrong.push(`${file.path} imports ${name}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('no relative import leaves its package', () => {
  const wrong: string[] = []
  for (const file of sourceFiles()) {
    const depth = file.path.split('/').length - 3
    for (const name of file.imports) {
      const ups = name.split('/').filter((part) => part === '..').length
      if (name.startsWith('.') && ups > depth) wrong.push(`${file.path} imports ${name}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('nobody imports the barrel of the own package', () => {
  const wrong = sourceFiles()
    .filter((file) => !isTest(file.path) && /^packages\//.test(file.path))
    .filter((file) =>
      file.imports.some(
        (name) => /^\.\.?\/(?:.*\/)?index\.ts$/.test(name) && !/modules\/index\.ts$/.test(name),
      ),
    )
    .map((file) => file.path)
  assert.deepEqual(wrong, [])
})

test('only tests import the testkit', () => {
  const wrong = sourceFiles()
    .filter((file) => !isTest(file.path) && file.imports.some((name) => name.startsWith('@meridian/testkit')))
    .map((file) => file.path)
  assert.deepEqual(wrong, [])
})

test('protocol, ledger and console never import a Node module, apart from the named entries', () => {
  const allowed = [
    'packages/protocol/src/node-suite.ts',
    'apps/console/build.ts',
    'apps/console/vite.config.ts',
  ]
  const wrong: string[] = []
  for (const file of sourceFiles()) {
    if (isTest(file.path) || allowed.includes(file.path)) continue
    if (
      !/^(packages\/(protocol|ledger)|apps\/console)\//.test(file.path) ||
      /^apps\/console\/(build|scripts)/.test(file.path)
    )
      continue
    for (const name of file.imports) if (name.startsWith('node:')) wrong.push(`${file.path} imports ${name}`)
  }
  assert.deepEqual(wrong, [])
})
