import type { ContractFindings, ContractProblems, Issue } from '../contract/contract-findings.ts';
import { cycleNames, mostCycleDays } from '../contract/roster-cycles.ts';
import type { SchemaForm } from '../contract/schema-forms.ts';
import type { Label, ProblemSentences, ProblemWording, Sentences } from './sentences.ts';

/** The forms that texts are to have. */
const forms: Readonly<Record<SchemaForm, Label>> = {
  'clock-time': { 'zh-CN': '时刻 HH:MM', en: 'a clock time HH:MM' },
  'lower-case-key': {
    'zh-CN': '小写字母、数字和连字符组成的编号，如 social-security',
    en: 'a lower-case key such as social-security',
  },
  'country-code': { 'zh-CN': '国家代码，如 CN', en: 'a country code such as CN' },
  'currency-code': { 'zh-CN': '货币代码，如 CNY', en: 'a currency code such as CNY' },
  'plain-name': { 'zh-CN': '首尾没有空格的名称', en: 'a name without blanks at its ends' },
  'local-time': {
    'zh-CN': '当地日期与时刻，如 2026-11-24T09:00',
    en: 'a local date and time YYYY-MM-DDTHH:MM',
  },
  date: { 'zh-CN': '日期，如 2026-11-24', en: 'a date such as 2026-11-24' },
  week: { 'zh-CN': '存在的 ISO 周次，如 2026-W48', en: 'an ISO week such as 2026-W48' },
  'shift-cycle': {
    'zh-CN': `${cycleNames.join('、')} 之一，或 2 至 ${mostCycleDays} 天每天一个字母：E 早班，L 晚班，N 夜班，O 休息，如 EELLNNOO`,
    en: `one of ${cycleNames.join(', ')}, or a letter for each of 2 to ${mostCycleDays} days: E early, L late, N night, O off, such as EELLNNOO`,
  },
  'hotline-key': {
    'zh-CN': '小写字母、数字和连字符，至多 40 个',
    en: 'small letters, digits and hyphens, at most 40',
  },
  'network-addresses': {
    'zh-CN': '地址或网段，用逗号分隔',
    en: 'addresses or networks, with commas between',
  },
  'openid-scopes': {
    'zh-CN': '先写 openid，再写其他范围，用空格分隔',
    en: 'openid, then others, with blanks between',
  },
  'factor-or-calls': { 'zh-CN': '倍数（factor）与通数（calls）之一', en: 'one of factor and calls' },
  'both-ends': { 'zh-CN': '起（from）止（to）都写，或都不写', en: 'both from and to, or neither' },
};

const kindsInChinese: Readonly<Record<string, string>> = {
  number: '数',
  int: '整数',
  string: '文字（加引号）',
  boolean: 'true 或 false',
  array: '列表 [ ]',
  tuple: '列表 [ ]',
  object: '对象 { }',
  record: '对象 { }',
};

const kindsInEnglish: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text (in quotation marks)',
  boolean: 'true or false',
  array: 'a list [ ]',
  tuple: 'a list [ ]',
  object: 'an object { }',
  record: 'an object { }',
};

const boundsInChinese = {
  exactly: '恰好',
  above: '大于',
  'at-least': '不小于',
  below: '小于',
  'at-most': '不大于',
} as const;

const boundsInEnglish = {
  exactly: 'exactly',
  above: 'more than',
  'at-least': 'at least',
  below: 'less than',
  'at-most': 'at most',
} as const;

/** What schemas find, and what they want. */
export const contractSentences: Sentences<ContractFindings> = {
  'value-missing': { 'zh-CN': '缺少这一项', en: 'this is missing' },
  'wrong-kind': { 'zh-CN': '值的类型不对', en: 'this is of the wrong kind' },
  'value-not-allowed': {
    'zh-CN': '不在允许的取值之内',
    en: 'this is not one of the values that are allowed',
  },
  'text-too-short': { 'zh-CN': '太短', en: 'this is too short' },
  'text-too-long': { 'zh-CN': '太长', en: 'this is too long' },
  'too-few': { 'zh-CN': '项数太少', en: 'these are too few' },
  'too-many': { 'zh-CN': '项数太多', en: 'these are too many' },
  'number-too-small': { 'zh-CN': '太小', en: 'this is too small' },
  'number-too-large': { 'zh-CN': '太大', en: 'this is too large' },
  'no-such-keys': {
    'zh-CN': ({ keys, others = 0 }, { list }) =>
      `没有名为${list(keys.map((key) => `“${key}”`))}的项${others === 0 ? '' : `，另有 ${others} 个名称也没有`}`,
    en: ({ keys, others = 0 }, { list }) =>
      `there is nothing named ${list(keys.map((key) => `"${key}"`))} here${others === 0 ? '' : `, nor ${others} more of those given`}`,
  },
  'check-the-spelling': {
    'zh-CN': '请检查拼写；可用的项见 huawu schema 给出的结构。',
    en: 'Check the spelling; huawu schema prints the names that there are.',
  },
  'written-wrongly': { 'zh-CN': '写法不对', en: 'this is not written as it must be' },
  'give-form': {
    'zh-CN': ({ form }) => `应为${forms[form]['zh-CN']}。`,
    en: ({ form }) => `Give ${forms[form].en}.`,
  },
  'give-kind': {
    'zh-CN': ({ kind }) => `应为${kindsInChinese[kind] ?? kind}。`,
    en: ({ kind }) => `Give ${kindsInEnglish[kind] ?? kind}.`,
  },
  'use-one-of': {
    'zh-CN': ({ values }, { list }) => `可用：${list(values)}。`,
    en: ({ values }, { list }) => `Use one of: ${list(values)}.`,
  },
  'give-size': {
    'zh-CN': ({ of, bound, limit }) =>
      of === 'value'
        ? `应${boundsInChinese[bound]} ${limit}。`
        : `应为${boundsInChinese[bound]} ${limit} ${of === 'items' ? '项' : '个字符'}。`,
    en: ({ of, bound, limit }, { plural }) =>
      `Give ${boundsInEnglish[bound]} ${limit}${{ items: ' of them', characters: plural(limit, ' character', ' characters'), value: '' }[of]}.`,
  },
  'see-the-schema': {
    'zh-CN': '请对照 huawu schema 给出的结构改正这一处。',
    en: 'Correct this place; huawu schema prints the shape that is wanted.',
  },
  'schema-check': {
    'zh-CN': ({ check }) => check,
    en: ({ check }) => check,
  },
  'correct-this-place': { 'zh-CN': '请改正这一处。', en: 'Correct this place.' },
  'played-to-all': { 'zh-CN': '所有来电人', en: 'everyone' },
  'played-to-those-who-wait': {
    'zh-CN': ({ seconds }) => `预计等候超过 ${seconds} 秒的来电人`,
    en: ({ seconds }) => `callers who would wait over ${seconds} s`,
  },
};

/** A schema's finding says itself what is wrong and what is wanted. */
const issue: ProblemWording<Issue> = {
  message: { 'zh-CN': ({ wrong }, { say }) => say(wrong), en: ({ wrong }, { say }) => say(wrong) },
  remedy: { 'zh-CN': ({ wanted }, { say }) => say(wanted), en: ({ wanted }, { say }) => say(wanted) },
};

/** What is wrong with a document, and what to do. */
export const contractProblems: ProblemSentences<ContractProblems> = {
  'not-utf-8': {
    message: { 'zh-CN': '这个文件不是 UTF-8 编码', en: 'this file is not in UTF-8' },
    remedy: {
      'zh-CN': '请在编辑器中另存为 UTF-8（记事本：另存为，编码选 UTF-8，不选 ANSI 或 Unicode）。',
      en: 'Save it as UTF-8 in your editor (Notepad: Save as, encoding UTF-8, not ANSI or Unicode).',
    },
  },
  'key-given-twice': {
    message: { 'zh-CN': '同一处有两个同名的键', en: 'this key is given twice in the same place' },
    remedy: {
      'zh-CN': '请删去其中一个；若保留两个，只有后一个会生效。',
      en: 'Remove one of the two: only the second would count.',
    },
  },
  'not-json': {
    message: { 'zh-CN': '不是合法的 JSON', en: 'this is not valid JSON' },
    remedy: {
      'zh-CN': '请检查逗号、引号和括号是否成对。',
      en: 'Check that commas, quotation marks and brackets are in order.',
    },
  },
  'unknown-store': {
    message: { 'zh-CN': '不认识这种存储', en: 'this is no store that is known' },
    remedy: {
      'zh-CN': '请写 sqlite，或 postgres://用户:密码@主机:端口/数据库。',
      en: 'Write sqlite, or postgres://user:password@host:port/database.',
    },
  },
  'pair-reversed': {
    message: {
      'zh-CN': ({ low, high, least }) => `${high} 小于 ${low}（${least}）`,
      en: ({ low, high, least }) => `${high} is below ${low} (${least})`,
    },
    remedy: { 'zh-CN': '请对调两个数，或改正其中一个。', en: 'Swap the two, or correct one of them.' },
  },
  'window-reversed': {
    message: {
      'zh-CN': ({ from, to, hours }, { number }) => `${from} 至 ${to} 会跨过午夜，长达 ${number(hours)} 小时`,
      en: ({ from, to, hours }, { number }) =>
        `${from} to ${to} would run past midnight, for ${number(hours)} hours`,
    },
    remedy: {
      'zh-CN': ({ asSuch }) => `请对调两个时间；确实要到次日，请把结束写成 ${asSuch}。`,
      en: ({ asSuch }) => `Swap the two times; if the next day is meant, write the end as ${asSuch}.`,
    },
  },
  'event-ends-before-it-starts': {
    message: { 'zh-CN': '结束日早于开始日', en: 'the last day lies before the first' },
    remedy: { 'zh-CN': '请选开始日当天或以后的日期。', en: 'Give the first day or a later one.' },
  },
  'invalid-type': issue,
  'invalid-value': issue,
  'invalid-format': issue,
  'invalid-union': issue,
  'invalid-key': issue,
  'invalid-element': issue,
  'too-small': issue,
  'too-big': issue,
  'not-multiple-of': issue,
  'unrecognized-keys': issue,
  custom: issue,
};
