// A file over 400 lines is two things. Functions are measured by the linter.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceFiles } from './tree.ts'

test('no source file is longer than 400 lines', () => {
  const long = sourceFiles()
    .filter((file) => !/\/(generated|vectors)\//.test(file.path))
    .map((file) => [file.path, file.text.split('\n').length] as const)
    .filter(([, lines]) => lines > 400)
  assert.deepEqual(long, [])
})

test('every source file opens with a sentence that says what it is', () => {
  const silent = sourceFiles()
    .filter((file) => !/\/generated\//.test(file.path))
    .filter((file) => !/^(?:#![^\n]*\n)?(?:\/\*\*?|\/\/)/.test(file.text))
    .map((file) => file.path)
  assert.deepEqual(silent, [])
})

test('no file is a drawer for anything', () => {
  const drawers = sourceFiles()
    .map((file) => file.path)
    .filter((path) => /\/(utils?|helpers?|types|managers?|services?|common|misc)\.tsx?$|Impl\.ts$/.test(path))
  assert.deepEqual(drawers, [])
})
