/** 405 to 449: what the registry of standards refuses. Append only (spec 6). */
import type { RefusalRow } from './row.ts'

export const registryCodes = [
  {
    code: 'registry.version-taken',
    number: 405,
    en: 'This version of the artefact is already on the ledger. Give the change a new version.',
    zh: '该制品的此版本已在账本上。请为变更使用新的版本号。',
  },
  {
    code: 'registry.unknown-version',
    number: 406,
    en: 'No version {version} of {id} is registered.',
    zh: '没有登记 {id} 的版本 {version}。',
  },
  {
    code: 'registry.wrong-state',
    number: 407,
    en: 'The version is {state}; this needs it to be {needed}.',
    zh: '该版本的状态为 {state}，此操作要求状态为 {needed}。',
  },
  {
    code: 'registry.dependency-not-in-force',
    number: 408,
    en: 'It depends on {id} {version}, which is not in force. Activate that first.',
    zh: '它依赖 {id} {version}，而后者尚未生效。请先使其生效。',
  },
  {
    code: 'registry.retire-height',
    number: 409,
    en: 'What goes needs a retire height of at least {least}, so that everybody can change over.',
    zh: '被替换或停用的版本须有不低于 {least} 的停用高度，以便各方过渡。',
  },
  {
    code: 'registry.already-adopted',
    number: 410,
    en: 'The organisation runs this version already.',
    zh: '该机构已采用此版本。',
  },
  {
    code: 'registry.not-adopted',
    number: 411,
    en: 'The organisation does not run this version.',
    zh: '该机构未采用此版本。',
  },
  {
    code: 'registry.stop-before-start',
    number: 412,
    en: 'The last day lies before the first ({day}).',
    zh: '停用日早于开始日（{day}）。',
  },
  {
    code: 'registry.request-exists',
    number: 413,
    en: 'A change request with this id exists. Take a fresh id.',
    zh: '该标识的变更申请已存在。请使用新的标识。',
  },
  {
    code: 'registry.unknown-request',
    number: 414,
    en: 'There is no such change request.',
    zh: '没有该变更申请。',
  },
  {
    code: 'registry.request-closed',
    number: 415,
    en: 'The change request is no longer open: {status}.',
    zh: '该变更申请已不再开放：{status}。',
  },
  {
    code: 'registry.comment-exists',
    number: 416,
    en: 'This comment stands already.',
    zh: '该意见已经存在。',
  },
  {
    code: 'registry.not-requester',
    number: 417,
    en: 'Only the organisation that asked may withdraw its request.',
    zh: '只有提出申请的机构才能撤回。',
  },
  {
    code: 'registry.base-version',
    number: 418,
    en: 'The version that brings the change must be newer than the one it was asked for ({version}).',
    zh: '带来该变更的版本须高于申请所针对的版本（{version}）。',
  },
  {
    code: 'registry.conflict-exists',
    number: 419,
    en: 'A conflict with this id is reported. Take a fresh id.',
    zh: '该标识的冲突已报告。请使用新的标识。',
  },
  {
    code: 'registry.unknown-conflict',
    number: 420,
    en: 'There is no such conflict.',
    zh: '没有该冲突。',
  },
  {
    code: 'registry.conflict-resolved',
    number: 421,
    en: 'The conflict is resolved.',
    zh: '该冲突已解决。',
  },
  {
    code: 'registry.no-conflict',
    number: 422,
    en: 'A conflict needs two versions and two answers that differ.',
    zh: '冲突须涉及两个不同的版本和两个不同的答案。',
  },
  {
    code: 'registry.not-party',
    number: 423,
    en: 'Only the publisher of one of the two artefacts or a core member may assign it.',
    zh: '只有两个制品之一的发布机构或核心成员才能指派。',
  },
  {
    code: 'registry.not-assignee',
    number: 424,
    en: 'Only the organisation to which the conflict is assigned may resolve it.',
    zh: '只有被指派的机构才能解决该冲突。',
  },
  {
    code: 'registry.depended-on',
    number: 425,
    en: '{id} {version} is in force, depends on it and would outlast it. Retire that first, or name a retire height that is not before its own.',
    zh: '仍然生效的 {id} {version} 依赖它，且停用晚于它。请先停用后者，或给出不早于其停用高度的停用高度。',
  },
] as const satisfies readonly RefusalRow[]
