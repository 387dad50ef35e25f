/** Texts of what the FHIR REST door itself answers: addresses, searches, rights and limits. */
import { type CatalogueWords, words } from './catalogue-entry.ts'

/** Every code of the door. */
export const restWords: readonly CatalogueWords[] = [
  words(
    'rest.unauthenticated',
    ['需要先登录或提供访问令牌。', 'Sign in, or send an access token.'],
    ['请在 Authorization 头中提供令牌。', 'Send a token in the Authorization header.'],
  ),
  words(
    'rest.forbidden',
    ['您无权进行此操作。', 'You may not do this.'],
    ['如确有需要，请联系管理员。', 'Ask an administrator if you need it.'],
  ),
  words(
    'rest.too-many-requests',
    ['请求过于频繁。', 'There are too many requests.'],
    [
      '请按 Retry-After 头等待后再试，或把多条合并为一个 Bundle。',
      'Wait as Retry-After says, or put many into one Bundle.',
    ],
  ),
  words(
    'rest.address-unknown',
    ['没有这个地址，或该地址不支持此方法。', 'There is no such address, or it does not take this method.'],
    ['可用的地址见 metadata。', 'The addresses are in metadata.'],
  ),
  words(
    'rest.type-unknown',
    ['没有这种资源类型。', 'There is no such resource type.'],
    ['请检查拼写和大小写，例如 Patient。', 'Check spelling and capitals, for example Patient.'],
  ),
  words(
    'rest.not-found',
    ['没有这条记录或这个版本。', 'There is no such record or version.'],
    [
      '请检查 id；无权查看的记录同样回答不存在。',
      'Check the id; a record you may not see is answered the same way.',
    ],
  ),
  words(
    'rest.deleted',
    ['该记录已被删除。', 'The record was deleted.'],
    ['此前的版本仍可在 _history 中查看。', 'Its earlier versions are in _history.'],
  ),
  words(
    'rest.erased',
    ['该版本的内容与密钥已按规定销毁。', 'Content and key of this version were erased.'],
    ['存证仍在，但内容无法恢复。', 'The evidence remains; the content cannot come back.'],
  ),
  words(
    'rest.content-type',
    ['不支持这种内容类型。', 'This content type is not supported.'],
    ['请使用 application/fhir+json。', 'Use application/fhir+json.'],
  ),
  words(
    'rest.not-acceptable',
    ['只能以 JSON 回答。', 'Answers are in JSON only.'],
    ['请在 Accept 头中允许 application/fhir+json。', 'Allow application/fhir+json in the Accept header.'],
  ),
  words(
    'rest.too-large',
    ['请求内容过大。', 'The request is too large.'],
    ['请拆成几个 Bundle。', 'Split it into several Bundles.'],
  ),
  words(
    'rest.too-many-entries',
    ['Bundle 的条目数超过上限。', 'The Bundle has more entries than allowed.'],
    ['请拆成几个 Bundle。', 'Split it into several Bundles.'],
  ),
  words(
    'rest.malformed',
    ['请求无法解析。', 'The request cannot be read.'],
    ['请检查请求头和地址。', 'Check headers and address.'],
  ),
  words(
    'rest.idempotency-key',
    ['Idempotency-Key 的形式不符合要求。', 'The Idempotency-Key has the wrong form.'],
    [
      '请使用不超过 128 个字母、数字、点、横线或下划线。',
      'Use at most 128 letters, digits, dots, hyphens or underscores.',
    ],
  ),
  words(
    'rest.repeated-refused',
    ['该请求此前已收到并被拒收。', 'This request came before and was refused.'],
    [
      '修改内容后请换一个 Idempotency-Key 再发。',
      'Mend the content and send it with another Idempotency-Key.',
    ],
  ),
  words(
    'rest.older',
    [
      '库中的记录比这次更新更新，未作改动。',
      'The record kept is newer than this update; nothing was changed.',
    ],
    ['请先读取当前版本再更新。', 'Read the current version first.'],
  ),
  words(
    'rest.outside-failed',
    ['所依赖的服务暂时不可用。', 'Something this node depends on does not answer.'],
    ['请稍后重试。', 'Try again later.'],
  ),
  words(
    'rest.search.parameter',
    ['不支持这个检索参数。', 'This search parameter is not supported.'],
    ['该类型可用的检索参数见 metadata。', 'The parameters of each type are in metadata.'],
  ),
  words(
    'rest.search.modifier',
    ['不支持这个检索参数的修饰符。', 'This modifier of a search parameter is not supported.'],
    ['请去掉冒号后的修饰符。', 'Leave out what follows the colon.'],
  ),
  words(
    'rest.search.value',
    ['检索参数的值形式不对。', 'The value of a search parameter has the wrong form.'],
    [
      '代码写成 系统|代码，日期写成 ge2026-03-01，引用写成 类型/id。',
      'Write a code as system|code, a date as ge2026-03-01, a reference as Type/id.',
    ],
  ),
  words(
    'rest.search.cursor',
    ['翻页标记无效。', 'The page marker is not one of ours.'],
    ['请使用上一页 next 链接给出的地址。', 'Use the address in the next link of the page before.'],
  ),
]
