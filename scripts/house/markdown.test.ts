// The documents are true: every path they name exists, and the project speaks of itself alone.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { root } from './tree.ts'

const documents = globSync(['*.md', 'docs/**/*.md', 'packages/**/*.md', 'apps/**/*.md'], {
  cwd: root,
  exclude: (name) => name.includes('node_modules') || name === 'dist',
})

const linkForm = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g
const pathForm = /`((?:packages|apps|docs|scripts)\/[\w./-]+)`/g

test('every path and link in Markdown leads to a file that exists', () => {
  const broken: string[] = []
  for (const document of documents) {
    const text = readFileSync(join(root, document), 'utf8')
    for (const [, link] of text.matchAll(linkForm)) {
      if (link === undefined || /^[a-z]+:/.test(link)) continue
      if (!existsSync(join(root, dirname(document), link))) broken.push(`${document}: ${link}`)
    }
    for (const [, path] of text.matchAll(pathForm)) {
      if (path !== undefined && !existsSync(join(root, path))) broken.push(`${document}: ${path}`)
    }
  }
  assert.deepEqual(broken, [])
})
