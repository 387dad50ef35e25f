/** Claims: first come, first served, and never two waiting for each other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClaims } from './claims.ts'

test('a claim on a held key waits for its release, one on others does not', async () => {
  const claim = createClaims()
  const order: string[] = []
  const first = await claim(['a', 'b'])
  const second = claim(['b', 'c']).then((release) => {
    order.push('second')
    return release
  })
  const third = await claim(['d'])
  order.push('third')
  third()
  first()
  ;(await second)()
  assert.deepEqual(order, ['third', 'second'])
})

test('claims that name the same keys in opposite order all get their turn', async () => {
  const claim = createClaims()
  let inside = 0
  const turn = async (keys: string[]) => {
    const release = await claim(keys)
    inside += 1
    assert.equal(inside, 1)
    await Promise.resolve()
    inside -= 1
    release()
  }
  await Promise.all(Array.from({ length: 20 }, (_, n) => turn(n % 2 === 0 ? ['a', 'b'] : ['b', 'a'])))
})
