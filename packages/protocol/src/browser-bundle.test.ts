/** Verification runs from one HTML file: nothing that it imports, however far away, needs Node. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const IMPORT =
  /^\s*(?:import|export)\b(?!\s+type\b)[^'";]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm

/** Every module reached from a file: our own by path, others by their names. */
function reachedFrom(entries: readonly string[]): {
  readonly own: Set<string>
  readonly foreign: Set<string>
} {
  const own = new Set<string>()
  const foreign = new Set<string>()
  const waiting = entries.map((entry) => join(import.meta.dirname, entry))
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (own.has(path)) continue
    own.add(path)
    for (const match of readFileSync(path, 'utf8').matchAll(IMPORT)) {
      const name = (match[1] ?? match[2] ?? match[3]) as string
      if (name.startsWith('.')) waiting.push(join(dirname(path), name))
      else foreign.add(name)
    }
  }
  return { own, foreign }
}

test('verify-receipt and the browser suite import nothing but noble', () => {
  const { own, foreign } = reachedFrom(['verify-receipt.ts', 'browser-suite.ts'])
  assert.ok(own.size > 30)
  assert.ok(
    [...foreign].every((name) => name.startsWith('@noble/')),
    [...foreign].join(' '),
  )
})

test('the package entry imports no Node module and not the native suite', () => {
  const { own, foreign } = reachedFrom(['index.ts'])
  assert.ok(![...own].some((path) => path.endsWith('/node-suite.ts')))
  for (const name of foreign) assert.ok(!name.startsWith('node:') && name !== 'sodium-native', name)
})

test('no file that verification needs names a global of Node', () => {
  const { own } = reachedFrom(['verify-receipt.ts', 'browser-suite.ts'])
  for (const path of own) {
    const code = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    assert.doesNotMatch(code, /\b(?:Buffer|process|require|__dirname|globalThis)\b/, path)
  }
})
