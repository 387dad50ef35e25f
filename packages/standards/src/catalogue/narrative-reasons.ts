/** What can be wrong with a narrative, in words. */
import type { Bilingual } from '../finding.ts'

const reason = (zh: string, en: string): Bilingual => ({ zh, en })

/** By problem. */
export const narrativeReasons = {
  root: reason('最外层必须是 <div>', 'the outermost tag must be <div>'),
  namespace: reason(
    '<div> 必须写明 xmlns="http://www.w3.org/1999/xhtml"',
    'the <div> must say xmlns="http://www.w3.org/1999/xhtml"',
  ),
  malformed: reason('标签没有正确配对或书写', 'tags are not well formed'),
  element: reason('含有不允许的标签', 'it has a tag that is not allowed'),
  attribute: reason('含有不允许的属性', 'it has an attribute that is not allowed'),
  entity: reason(
    '“&”后只能是 lt、gt、amp、quot、apos 或字符编号',
    'after "&" only lt, gt, amp, quot, apos or a character number may follow',
  ),
  empty: reason('没有任何文字', 'it has no text'),
} as const
