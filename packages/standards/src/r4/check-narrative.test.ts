// R4 §2.1.10.6: the narrative is well-formed XHTML that formats and does nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { narrativeProblem } from './check-narrative.ts'

const div = (inside: string, attributes = '') =>
  `<div xmlns="http://www.w3.org/1999/xhtml"${attributes}>${inside}</div>`

test('formatting, tables, lists, links and images are allowed', () => {
  const good = [
    div('体温 36.5℃'),
    div('<p class="a" style="color: red">一<br/>二</p>', ' xml:lang="zh-CN" lang="zh-CN"'),
    div('<table border="1"><tbody><tr><td colspan="2">a &lt; b &#160;</td></tr></tbody></table>'),
    div('<ul><li><a href="Patient/1">李</a></li></ul><!-- a - b -->'),
    div('<img src="#p" alt="x"/>'),
    `\n ${div('a')} \n`,
  ]
  for (const xhtml of good) assert.equal(narrativeProblem(xhtml), undefined, xhtml)
})

test('each thing that is wrong is named', () => {
  const bad: readonly [string, string][] = [
    ['', 'empty'],
    [div(''), 'empty'],
    [div(' \n '), 'empty'],
    [div('<p></p>'), 'empty'],
    ['text', 'root'],
    ['<p xmlns="http://www.w3.org/1999/xhtml">a</p>', 'root'],
    ['<div>a</div>', 'namespace'],
    ['<div xmlns="http://www.w3.org/1999/html">a</div>', 'namespace'],
    [div('<p>a</div>'), 'malformed'],
    [div('a').slice(0, -1), 'malformed'],
    [div('a') + div('b'), 'malformed'],
    [`${div('a')}b`, 'malformed'],
    [div('<p class=a>b</p>'), 'malformed'],
    [div('<p class="a" class="b">c</p>'), 'malformed'],
    [div('<![CDATA[a]]>'), 'malformed'],
    [div('<?php a ?>'), 'malformed'],
    [div('a & b'), 'entity'],
    [div('a&nbsp;b'), 'entity'],
    [div('<script>a</script>'), 'element'],
    [div('<form>a</form>'), 'element'],
    [div('<iframe src="a">b</iframe>'), 'element'],
    [div('<P>a</P>'), 'element'],
    [div('<p onclick="a()">b</p>'), 'attribute'],
    [div('<a href="javascript:a()">b</a>'), 'attribute'],
  ]
  for (const [xhtml, problem] of bad) assert.equal(narrativeProblem(xhtml), problem, xhtml)
})

test('any text gets an answer, and a long one soon', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    'div',
    'p',
    ' ',
    '"',
    '=',
    '&',
    '!--',
    '-->',
    'a',
    '<p>',
    '</p>',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const problem = narrativeProblem(pieces.join(''))
      assert.ok(problem === undefined || typeof problem === 'string')
    }),
  )
  const started = performance.now()
  for (const part of ['<p ', ' ', '<!-', '<p a="', '<p>', 'a="b" ', '&'])
    narrativeProblem(div(part.repeat(200_000)))
  assert.ok(performance.now() - started < 5_000)
})
