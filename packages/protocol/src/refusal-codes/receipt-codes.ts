/** 5xx: receipts, trust and what is verified with them. Append only (spec 6). */
import type { RefusalRow } from './row.ts'

export const receiptCodes = [
  {
    code: 'receipt.malformed',
    number: 501,
    en: 'Not a receipt of a known format, at {place}.',
    zh: '不是已知格式的回执，位置：{place}。',
  },
  {
    code: 'receipt.not-canonical',
    number: 502,
    en: 'The file is not the canonical form of what it says; a byte was changed or it was reformatted.',
    zh: '文件不是其内容的规范形式：有字节被更改或重新排版。',
  },
  {
    code: 'receipt.unknown-format',
    number: 503,
    en: 'The receipt format is not known here. Use a newer verifier.',
    zh: '不认识的回执格式。请使用更新的验证程序。',
  },
  {
    code: 'receipt.record-differs',
    number: 504,
    en: 'The record is not the one the receipt was given for.',
    zh: '该记录不是回执所对应的记录。',
  },
  {
    code: 'receipt.not-in-batch',
    number: 505,
    en: 'The commitment does not lead to the batch root.',
    zh: '承诺值无法推导出批次根。',
  },
  {
    code: 'receipt.not-in-log',
    number: 506,
    en: 'The batch statement does not lead to the root of the evidence log.',
    zh: '批次声明无法推导出证据日志的根。',
  },
  {
    code: 'receipt.wrong-app-hash',
    number: 507,
    en: 'The evidence log root does not lead to the app hash of the header.',
    zh: '证据日志的根无法推导出区块头中的应用哈希。',
  },
  {
    code: 'receipt.wrong-header',
    number: 508,
    en: 'The block header does not have the hash that the validators signed.',
    zh: '区块头的哈希不是验证者所签的哈希。',
  },
  {
    code: 'receipt.wrong-validators',
    number: 509,
    en: 'The validator set is not the one that the header names.',
    zh: '验证者集合与区块头所指的不一致。',
  },
  {
    code: 'receipt.bad-signature',
    number: 510,
    en: 'A signature in the receipt does not verify.',
    zh: '回执中有签名无法通过验证。',
  },
  {
    code: 'receipt.too-little-power',
    number: 511,
    en: 'The signatures carry {signed} of {total} votes; more than two thirds are needed.',
    zh: '签名仅代表 {total} 票中的 {signed} 票；须超过三分之二。',
  },
  {
    code: 'receipt.wrong-chain',
    number: 512,
    en: 'The receipt belongs to another chain than the trust file.',
    zh: '回执所属的链与信任文件不同。',
  },
  {
    code: 'receipt.not-anchored',
    number: 513,
    en: 'Nothing leads from the trust file to the validators of this receipt.',
    zh: '信任文件无法推导出该回执的验证者。',
  },
  {
    code: 'receipt.bad-statement',
    number: 514,
    en: 'The statement in the receipt is not valid.',
    zh: '回执中的声明无效。',
  },
  {
    code: 'trust.malformed',
    number: 520,
    en: 'Not a trust file, at {place}.',
    zh: '不是信任文件，位置：{place}。',
  },
  {
    code: 'trust.not-canonical',
    number: 521,
    en: 'The trust file is not the canonical form of what it says.',
    zh: '信任文件不是其内容的规范形式。',
  },
  {
    code: 'trust.disagree',
    number: 522,
    en: 'The members do not serve the same checkpoint.',
    zh: '各成员给出的检查点不一致。',
  },
  {
    code: 'trust.expired',
    number: 523,
    en: 'The anchor is older than the trust period of {limit} seconds.',
    zh: '信任锚已超过 {limit} 秒的信任期。',
  },
  {
    code: 'cose-receipt.malformed',
    number: 530,
    en: 'Not a COSE receipt of RFC 9942, at {place}.',
    zh: '不是 RFC 9942 的 COSE 回执，位置：{place}。',
  },
  {
    code: 'cose-receipt.wrong-key',
    number: 531,
    en: 'The COSE receipt names another key.',
    zh: 'COSE 回执所指的是另一个密钥。',
  },
  {
    code: 'comet.malformed',
    number: 540,
    en: 'The block data has not the shape of CometBFT, at {place}.',
    zh: '区块数据不符合 CometBFT 的结构，位置：{place}。',
  },
  {
    code: 'state-proof.malformed',
    number: 541,
    en: 'The state proof does not have the shape of spec 3.',
    zh: '状态证明不符合规范 3 的结构。',
  },
  {
    code: 'state-proof.wrong-root',
    number: 542,
    en: 'The state proof does not lead to the root.',
    zh: '状态证明无法推导出根。',
  },
] as const satisfies readonly RefusalRow[]
