/** 8xx: what governance refuses. Append only (spec 6). */
import type { RefusalRow } from './row.ts'

export const governanceCodes = [
  {
    code: 'governance.unknown-kind',
    number: 801,
    en: 'This version of the rules knows no such kind of proposal.',
    zh: '当前规则版本没有这种提案。',
  },
  {
    code: 'governance.bad-action',
    number: 802,
    en: 'The action of the proposal is not what its kind demands, at {field}.',
    zh: '提案的内容不符合其种类的要求，位置：{field}。',
  },
  {
    code: 'governance.not-core',
    number: 803,
    en: 'Only active core members propose and vote.',
    zh: '只有有效的核心成员才能提案和表决。',
  },
  {
    code: 'governance.proposal-exists',
    number: 804,
    en: 'A proposal with this id exists. Take a fresh id.',
    zh: '该标识的提案已存在。请使用新的标识。',
  },
  {
    code: 'governance.unknown-proposal',
    number: 805,
    en: 'There is no such proposal.',
    zh: '没有该提案。',
  },
  {
    code: 'governance.closed',
    number: 806,
    en: 'The proposal is no longer open: {outcome}.',
    zh: '提案已不再开放：{outcome}。',
  },
  {
    code: 'governance.already-voted',
    number: 807,
    en: 'This organisation has voted on the proposal. A vote is given once.',
    zh: '该机构已对此提案投票。每个机构只投一次。',
  },
  {
    code: 'governance.not-proposer',
    number: 808,
    en: 'Only the organisation that proposed may withdraw.',
    zh: '只有提案机构才能撤回。',
  },
  {
    code: 'governance.deadline',
    number: 809,
    en: 'The deadline must lie after block time, by at most {limit} seconds.',
    zh: '截止时间须晚于区块时间，且最多相差 {limit} 秒。',
  },
  {
    code: 'governance.activation-height',
    number: 810,
    en: 'The activation height must be 0 or from {least} to {most}.',
    zh: '生效高度须为 0，或在 {least} 至 {most} 之间。',
  },
  {
    code: 'governance.too-many-open',
    number: 811,
    en: 'This organisation has {limit} open proposals. Wait until one is decided or withdraw one.',
    zh: '该机构已有 {limit} 个开放的提案。请等待其决定或撤回其中之一。',
  },
  {
    code: 'governance.unknown-parameter',
    number: 812,
    en: 'The chain has no parameter of this name that can be changed.',
    zh: '本链没有可更改的该名称参数。',
  },
  {
    code: 'governance.parameter-range',
    number: 813,
    en: 'The parameter must be from {least} to {most}.',
    zh: '参数须在 {least} 至 {most} 之间。',
  },
  {
    code: 'governance.parameter-unchanged',
    number: 814,
    en: 'The parameter already has this value.',
    zh: '参数已是该值。',
  },
  {
    code: 'governance.version-not-newer',
    number: 815,
    en: 'The version must be newer than the one in force ({version}).',
    zh: '版本须高于现行版本（{version}）。',
  },
  {
    code: 'governance.upgrade-height',
    number: 816,
    en: 'An upgrade needs an activation height, so that every node can be prepared, and retires nothing before it.',
    zh: '升级须有生效高度，以便各节点准备；弃用高度不得早于生效高度。',
  },
  {
    code: 'governance.evidence-missing',
    number: 817,
    en: 'A yes to this kind of proposal carries the hash of what the voter found when it ran the test vectors.',
    zh: '对此类提案投赞成票须附上本机构运行测试向量所得结果的哈希。',
  },
  {
    code: 'governance.evidence-not-asked',
    number: 818,
    en: 'A vote on this kind of proposal carries no evidence.',
    zh: '对此类提案的投票不附证据。',
  },
] as const satisfies readonly RefusalRow[]
