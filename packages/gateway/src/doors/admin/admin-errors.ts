/** The admin door's errors as one table: code → HTTP status, what is wrong and how to go on, in both languages. */
import type { Bilingual } from '@meridian/standards'
import type { LedgerSaysNo } from './consortium-needs.ts'

interface Row {
  readonly status: number
  readonly message: Bilingual
  readonly hint: Bilingual
}

const row = (status: number, zh: string, en: string, hintZh: string, hintEn: string): Row => ({
  status,
  message: { zh, en },
  hint: { zh: hintZh, en: hintEn },
})

const rows = {
  'session.required': row(
    401,
    '尚未登录，或登录已过期',
    'Not signed in, or the session has ended',
    '请重新登录',
    'Sign in again',
  ),
  'session.wrong-credentials': row(
    401,
    '用户名或密码不正确',
    'Name or password is wrong',
    '请检查大小写和输入法；忘记密码请联系管理员重设',
    'Check capitals and keyboard; an administrator can set a new password',
  ),
  'session.locked': row(
    429,
    '登录失败次数过多，该用户暂时锁定',
    'Too many failed attempts; this name is locked for a while',
    '请 15 分钟后再试，或请管理员重设密码',
    'Try again in 15 minutes, or ask an administrator for a new password',
  ),
  'session.disabled': row(
    403,
    '该用户已停用',
    'This user is disabled',
    '请联系管理员',
    'Ask an administrator',
  ),
  'session.too-many-attempts': row(
    429,
    '此地址登录失败次数过多',
    'Too many failed attempts from this address',
    '请一分钟后再试',
    'Try again in a minute',
  ),
  'session.csrf': row(
    403,
    '请求缺少本次登录的校验头',
    'The request lacks the header that ties it to this session',
    '请刷新页面后重试',
    'Reload the page and try again',
  ),
  'access.role': row(
    403,
    '您的角色无权进行此操作',
    'Your role does not allow this',
    '如确有需要，请联系管理员调整角色',
    'Ask an administrator if you need it',
  ),
  'request.invalid': row(
    400,
    '请求的参数不符合要求',
    'The request has the wrong form',
    '请按接口说明修改参数',
    'Correct the parameters',
  ),
  'standard.unknown': row(
    404,
    '本节点没有这个标准',
    'This node holds no such standard',
    '请从标准列表进入，或先从其他成员获取',
    'Come from the list, or fetch it from another member first',
  ),
  'standard.other-kind': row(
    422,
    '两个标准的类别不同，不能逐项比较',
    'The two are of different kinds and cannot be compared',
    '请选择同一类别的标准',
    'Choose two of one kind',
  ),
  'grouper.unknown': row(
    422,
    '没有这个分组器、年度或就诊，或病例没有诊断编码',
    'There is no such grouper, year or encounter, or the episode has no diagnosis',
    '请检查分组器、年度、就诊编号和编码',
    'Check the grouper, the year, the id of the encounter and the codes',
  ),
  'terminology.release-unknown': row(
    404,
    '没有这个编码体系或版本',
    'There is no such code system or release',
    '请从列表中选择，或先导入该版本',
    'Choose one from the list, or import the release first',
  ),
  'terminology.code-unknown': row(
    404,
    '该版本中没有这个代码',
    'This release has no such code',
    '请检索名称，或选择另一版本',
    'Search for a name, or choose another release',
  ),
  'mapping.not-json': row(
    422,
    '映射不是有效的 JSON',
    'The mapping is no valid JSON',
    '请在所指的行列修改',
    'Mend it at the line and column that are named',
  ),
  'mapping.wrong': row(
    422,
    '映射有误，未保存',
    'The mapping has mistakes and was not kept',
    '请先试运行，按提示逐条修改',
    'Try it first and mend what is listed',
  ),
  'mapping.version-taken': row(
    409,
    '该映射的这个版本已存在，且内容不同',
    'This version of the mapping exists with another content',
    '请提高版本号后再保存；已接收的行仍按原版本解释',
    'Raise the version and keep it again; rows that were taken in keep theirs',
  ),
  'route.unknown': row(404, '没有这个地址', 'No such address', '请检查路径', 'Check the path'),
  'record.unknown': row(
    404,
    '没有这条记录或这个版本',
    'No such record or version',
    '请从记录列表进入',
    'Go through the list of records',
  ),
  'record.deleted': row(
    410,
    '这个版本只表示记录已删除，没有内容可供校验',
    'This version only says that the record was deleted; there is nothing to judge',
    '请选择更早的版本',
    'Choose an earlier version',
  ),
  'record.erased': row(
    410,
    '该版本的内容与密钥已按规定销毁',
    'Content and key of this version were erased',
    '存证仍在，可核验回执，但内容无法恢复',
    'The evidence remains and its receipt verifies; the content cannot come back',
  ),
  'receipt.not-final': row(
    409,
    '该版本尚未写入账本，还没有回执',
    'This version is not final on the ledger yet, so it has no receipt',
    '通常数秒后即可；请稍后再试',
    'Usually a matter of seconds; try again shortly',
  ),
  'quarantine.unknown': row(
    404,
    '隔离区中没有这一条',
    'Nothing with this id waits in quarantine',
    '可能已被他人处理，请刷新列表',
    'Somebody may have dealt with it; reload the list',
  ),
  'quarantine.not-encodable': row(
    400,
    '修改后的文字含有原编码无法表示的字符',
    'The mended text has characters the original encoding cannot hold',
    '请去掉特殊字符，或请来源系统改用 UTF-8',
    'Remove the characters, or have the source send UTF-8',
  ),
  'quality.unknown': row(
    404,
    '没有这次质量检查',
    'There is no such run of the checks',
    '请先运行一次检查',
    'Run the checks first',
  ),
  'quality.running': row(
    409,
    '质量检查正在进行',
    'The checks are already running',
    '请等待其结束后刷新',
    'Wait until they end and reload',
  ),
  'block.unknown': row(
    404,
    '账本中没有这个高度',
    'The ledger has no such height',
    '请从区块列表进入',
    'Go through the list of blocks',
  ),
  'ledger.refused': row(
    409,
    '账本拒绝了这条声明',
    'The ledger refused the statement',
    '账本上的情况可能已经改变，请刷新页面后核对',
    'Things may have changed on the ledger; reload the page and look again',
  ),
  'user.unknown': row(404, '没有这个用户', 'No such user', '请刷新用户列表', 'Reload the list of users'),
  'user.name-taken': row(
    409,
    '该用户名已被使用过',
    'This name is taken or was used before',
    '用户名不可重复使用，请换一个',
    'Names are never used twice; choose another',
  ),
  'user.name-malformed': row(
    400,
    '用户名的形式不符合要求',
    'The name has the wrong form',
    '请使用字母、数字、点、横线或下划线',
    'Use letters, digits, dot, hyphen or underscore',
  ),
  'user.password-weak': row(
    400,
    '密码强度不足',
    'The password is too weak',
    '请至少使用 12 个字符，并避免常见词',
    'Use at least 12 characters and no common word',
  ),
  'user.last-administrator': row(
    409,
    '这是最后一位启用的管理员',
    'This is the last active administrator',
    '请先指定另一位管理员',
    'Make somebody else an administrator first',
  ),
  'door.failed': row(
    500,
    '节点内部出错',
    'The node failed inside',
    '请查看节点日志并告知维护人员',
    'Look at the node’s log and tell whoever looks after it',
  ),
  'outside.failed': row(
    503,
    '所依赖的服务暂时不可用',
    'Something this node depends on does not answer',
    '已收到的数据不会丢失；请稍后重试并查看节点日志',
    'Nothing received is lost; try again later and look at the node’s log',
  ),
} as const

/** A key of the table. */
export type AdminErrorCode = keyof typeof rows

/** What is sent: the table's words, and at most the name of the parameter that was wrong. */
export interface AdminRefusal {
  readonly adminRefusal: true
  readonly status: number
  readonly code: AdminErrorCode
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly parameter?: string
}

/** Builds a refusal of this door; nothing but the code and a parameter's name can get into it. */
export function refuseCall(code: AdminErrorCode, parameter?: string): AdminRefusal {
  return { adminRefusal: true, code, ...rows[code], ...(parameter === undefined ? {} : { parameter }) }
}

/** What the ledger refused, in its own words and with its code; they hold identifiers of ours and counts only. */
export function refuseAsLedger({ refusedByLedger, message }: LedgerSaysNo): AdminRefusal {
  return { ...refuseCall('ledger.refused', refusedByLedger), message }
}

/** Tells a refusal from an answer. */
export function isAdminRefusal(value: unknown): value is AdminRefusal {
  return typeof value === 'object' && value !== null && 'adminRefusal' in value
}

/** Every code, for documents and tests. */
export const adminErrorCodes = Object.keys(rows) as readonly AdminErrorCode[]
