/** The memory of values never answers anything but what the view under it would. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '@meridian/protocol'
import { rememberValues } from './remember-values.ts'
import type { StateView } from './state-machine.ts'

const MODULES = ['a', 'b']

function countingView(values: Map<string, Uint8Array>): { view: StateView; reads: () => number } {
  let reads = 0
  const view: StateView = {
    get(module, key) {
      reads += 1
      return values.get(`${module} ${key.join()}`)
    },
    scan: () => [],
  }
  return { view, reads: () => reads }
}

const key = utf8('key')
const at = (module: string): string => `${module} ${key.join()}`

test('a value is read once, and again after a block that changed it', () => {
  const values = new Map([[at('a'), utf8('one')]])
  const { view, reads } = countingView(values)
  const remembered = rememberValues(view)
  const read = () => remembered.view.get('a', key)
  assert.deepEqual([read(), read()], [utf8('one'), utf8('one')])
  assert.equal(reads(), 1)
  values.set(at('a'), utf8('two'))
  remembered.changed([{ module: 'a', values: [{ name: key, before: utf8('one'), after: utf8('two') }] }])
  assert.deepEqual(read(), utf8('two'))
})

test('what is read in the same turn of the loop as a change is not believed for longer', async () => {
  const values = new Map([[at('a'), utf8('old')]])
  const remembered = rememberValues(countingView(values).view)
  remembered.changed([{ module: 'a', values: [{ name: key, before: utf8('old'), after: utf8('new') }] }])
  // A read that still sees the snapshot from before.
  assert.deepEqual(remembered.view.get('a', key), utf8('old'))
  values.set(at('a'), utf8('new'))
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(remembered.view.get('a', key), utf8('new'))
})

test('what does not exist is asked for every time, and modules are kept apart', () => {
  const values = new Map([[at('a'), utf8('one')]])
  const { view } = countingView(values)
  const remembered = rememberValues(view)
  assert.deepEqual(
    MODULES.map((module) => remembered.view.get(module, key)),
    [utf8('one'), undefined],
  )
  values.set(at('b'), utf8('late'))
  assert.deepEqual(remembered.view.get('b', key), utf8('late'))
})

test('after a snapshot was put into the store nothing is remembered', () => {
  const values = new Map([[at('a'), utf8('one')]])
  const remembered = rememberValues(countingView(values).view)
  remembered.view.get('a', key)
  values.set(at('a'), utf8('two'))
  remembered.forget()
  assert.deepEqual(remembered.view.get('a', key), utf8('two'))
})
