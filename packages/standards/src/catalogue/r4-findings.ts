/** Findings of the profile `r4`: FHIR R4's own rules. `{element}` is the element's name, with a Chinese label where we have one. */
import { entry } from './template.ts'

/** Structure: what the JSON is made of. */
const structure = {
  'r4.object-expected': entry(
    'error',
    [
      '{element}这里应当是一个对象（花括号），实际是别的内容。',
      '{element} must be a JSON object; it is something else.',
    ],
    ['请检查发送系统在这里写出的结构。', 'Check the structure that the sending system writes here.'],
  ),
  'r4.not-a-resource': entry(
    'error',
    ['这不是一条 FHIR 资源：没有 resourceType。', 'This is not a FHIR resource: it has no resourceType.'],
    [
      '每条资源都要写明 resourceType，例如 Patient 或 Observation。',
      'Every resource names its resourceType, such as Patient.',
    ],
  ),
  'r4.unknown-type': entry(
    'error',
    ['resourceType 不是 FHIR R4 的资源类型。', 'The resourceType is not a resource type of FHIR R4.'],
    [
      '请检查拼写和大小写；其他版本的资源类型不能使用。',
      'Check spelling and case; types of other FHIR versions cannot be used.',
    ],
  ),
  'r4.unknown-element': entry(
    'error',
    ['{type} 里没有这个元素。', 'There is no such element in {type}.'],
    [
      '请检查拼写和大小写；FHIR R4 没有的内容请放进扩展（extension）或删去。',
      'Check spelling and case; put what FHIR R4 does not have into an extension, or leave it out.',
    ],
  ),
  'r4.missing-element': entry(
    'error',
    ['缺少必填的{element}。', 'The required {element} is missing.'],
    ['请在来源系统中补填后重新发送。', 'Fill it in at the source and send the record again.'],
  ),
  'r4.list-expected': entry(
    'error',
    ['{element}可以有多个，必须写成列表（方括号）。', '{element} may repeat and must be a JSON array.'],
    ['即使只有一个，也请写成列表。', 'Write an array even when there is only one.'],
  ),
  'r4.single-expected': entry(
    'error',
    ['{element}只能有一个，不能写成列表。', '{element} occurs at most once and must not be an array.'],
    ['请只保留一个。', 'Keep one and write it without the array.'],
  ),
  'r4.empty-list': entry(
    'error',
    ['{element}是空列表。', '{element} is an empty array.'],
    ['没有内容时请整个省去这个元素。', 'Leave the element out when there is nothing to say.'],
  ),
  'r4.empty-element': entry(
    'error',
    ['{element}是空的，没有任何内容。', '{element} is empty.'],
    ['请补上内容，或者整个省去这个元素。', 'Fill it in or leave the element out.'],
  ),
  'r4.null-value': entry(
    'error',
    ['{element}不能是 null。', '{element} must not be null.'],
    ['没有内容时请整个省去这个元素。', 'Leave the element out when there is nothing to say.'],
  ),
  'r4.two-choices': entry(
    'error',
    ['{element}同时给了两种形式，只能选一种。', '{element} is given in two forms; only one is allowed.'],
    [
      '请只保留一种形式，例如只写数量或只写文字。',
      'Keep one form, such as only the quantity or only the text.',
    ],
  ),
  'r4.primitive-form': entry(
    'error',
    ['{element}的写法不符合 {type} 的格式。', '{element} does not have the form of {type}.'],
    ['{form}', '{form}'],
  ),
  'r4.too-deep': entry(
    'error',
    ['嵌套层数太多（超过 {limit} 层）。', 'Nested too deeply (more than {limit} levels).'],
    ['请检查发送系统，正常的记录不会这样深。', 'Check the sending system; no ordinary record is that deep.'],
  ),
  'r4.more-findings': entry(
    'information',
    ['问题太多，只列出前 {limit} 条。', 'There are more problems; only the first {limit} are listed.'],
    ['请先改好已列出的问题再检查一次。', 'Mend the ones listed and check again.'],
  ),
} as const

/** Meaning: codes, rules, references. */
const meaning = {
  'r4.invariant': entry(
    'error',
    ['不符合规则 {rule}：{says}', 'Breaks rule {rule}: {says}'],
    ['请按这条规则补充或修改{element}。', 'Complete or change {element} as the rule says.'],
  ),
  'r4.code-not-allowed': entry(
    'error',
    ['{element}的代码不在允许的范围内。', 'The code in {element} is not one of the allowed codes.'],
    ['允许的代码：{allowed}', 'Allowed codes: {allowed}'],
  ),
  'r4.code-form': entry(
    'error',
    ['{element}的代码不符合 {form} 的写法。', 'The code in {element} does not have the form of {form}.'],
    ['请按 {form} 填写，例如 {example}。', 'Write it as {form} says, such as {example}.'],
  ),
  'r4.code-missing': entry(
    'error',
    [
      '{element}必须用规定的代码表示，只有文字不够。',
      '{element} must carry one of the required codes; text alone is not enough.',
    ],
    ['允许的代码：{allowed}', 'Allowed codes: {allowed}'],
  ),
  'r4.narrative': entry(
    'error',
    [
      '说明文字（text.div）不符合 FHIR 的 XHTML 要求：{reason}',
      'The narrative (text.div) is not the XHTML FHIR allows: {reason}',
    ],
    [
      '只允许排版用的标签；不得有脚本、表单、外部样式或事件。可以让发送系统不发送 text。',
      'Only formatting tags are allowed; no scripts, forms, outside styles or events. The sender may leave out text.',
    ],
  ),
  'r4.reference-type': entry(
    'error',
    [
      '{element}指向的资源类型不对，只能指向：{allowed}。',
      '{element} refers to a resource of the wrong type; allowed: {allowed}.',
    ],
    ['请改为指向允许的类型。', 'Refer to one of the allowed types.'],
  ),
  'r4.reference-form': entry(
    'error',
    ['{element}的引用写法不对。', 'The reference in {element} is not well formed.'],
    [
      '引用应写成 类型/编号（例如 Patient/123）、#编号、urn:uuid: 或完整地址。',
      'Write a reference as Type/id (such as Patient/123), #id, urn:uuid: or a full address.',
    ],
  ),
  'r4.reference-type-mismatch': entry(
    'error',
    [
      '{element}里 reference 和 type 写的资源类型不一致。',
      'In {element}, reference and type name different resource types.',
    ],
    ['请改成一致，或者去掉 type。', 'Make them agree, or leave out type.'],
  ),
} as const

/** Containers: contained resources and bundles. */
const containers = {
  'r4.duplicate-element-id': entry(
    'error',
    ['同一资源内两个元素的 id 相同。', 'Two elements of the resource have the same id.'],
    [
      '元素的 id 在一条资源内必须唯一；请删去或改正。',
      'The id of an element is unique in its resource; remove or correct it.',
    ],
  ),
  'r4.contained-id': entry(
    'error',
    ['内含资源没有编号，或者编号与另一个重复。', 'A contained resource has no id, or the id of another one.'],
    ['请给每个内含资源一个不同的 id。', 'Give each contained resource an id of its own.'],
  ),
  'bundle.not-a-bundle': entry(
    'error',
    ['这里应当是 Bundle。', 'A Bundle is expected here.'],
    ['请以 resourceType 为 Bundle 的资源发送。', 'Send a resource whose resourceType is Bundle.'],
  ),
  'bundle.duplicate-full-url': entry(
    'error',
    ['与前面的条目 fullUrl 相同。', 'The fullUrl is that of an earlier entry.'],
    ['每个条目要有自己的 fullUrl。', 'Give each entry a fullUrl of its own.'],
  ),
  'bundle.duplicate-resource': entry(
    'error',
    [
      '同一次提交里两次写同一条资源（类型和编号相同）。',
      'The same resource (type and id) is written twice in one submission.',
    ],
    ['请合并为一条，或者分两次提交。', 'Merge the two, or submit them separately.'],
  ),
  'bundle.duplicate-id': entry(
    'error',
    ['Bundle 中有两条资源的类型和编号相同。', 'Two entries of the Bundle have the same type and id.'],
    [
      '请合并为一条，或者改正其中一条的编号；来自不同服务器的请写完整的 fullUrl。',
      'Merge the two or correct the id of one; resources of different servers need their full fullUrl.',
    ],
  ),
  'bundle.full-url-id': entry(
    'warning',
    [
      'fullUrl 与资源自己的类型和编号不一致。',
      "The fullUrl does not agree with the resource's own type and id.",
    ],
    ['请让 fullUrl 以 类型/编号 结尾，或使用 urn:uuid:。', 'End the fullUrl with Type/id, or use urn:uuid:.'],
  ),
  'bundle.unresolved': entry(
    'error',
    ['{element}引用的条目不在这个 Bundle 里。', '{element} refers to an entry that is not in this Bundle.'],
    [
      '请把被引用的资源一并放进来，fullUrl 要与引用一致。',
      'Include the resource, with a fullUrl equal to the reference.',
    ],
  ),
} as const

/** The entries of this file. */
export const r4Findings = { ...structure, ...meaning, ...containers } as const
