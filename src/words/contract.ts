import type { ContractFindings, ContractProblems, Issue } from '../contract/contract-findings.ts';
import { cycleNames, mostCycleDays } from '../contract/roster-cycles.ts';
import type { SchemaForm } from '../contract/schema-forms.ts';
import type { Label, ProblemSentences, ProblemWording, Sentences } from './sentences.ts';
import { messages } from './messages.ts';

/** The forms that texts are to have. */
const forms: Readonly<Record<SchemaForm, Label>> = {
  ...messages('value-forms'),
  'shift-cycle': {
    'zh-CN': `${cycleNames.join('、')} 之一，或 2 至 ${mostCycleDays} 天每天一个字母：E 早班，L 晚班，N 夜班，O 休息，如 EELLNNOO`,
    en: `one of ${cycleNames.join(', ')}, or a letter for each of 2 to ${mostCycleDays} days: E early, L late, N night, O off, such as EELLNNOO`,
  },
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
  ...messages('contract'),
  'no-such-keys': {
    'zh-CN': ({ keys, others = 0 }, { list }) =>
      `没有名为${list(keys.map((key) => `“${key}”`))}的项${others === 0 ? '' : `，另有 ${others} 个名称也没有`}`,
    en: ({ keys, others = 0 }, { list }) =>
      `there is nothing named ${list(keys.map((key) => `"${key}"`))} here${others === 0 ? '' : `, nor ${others} more of those given`}`,
  },
  'give-form': {
    'zh-CN': ({ form }) => `应为${forms[form]['zh-CN']}。`,
    en: ({ form }) => `Give ${forms[form].en}.`,
  },
  'give-kind': {
    'zh-CN': ({ kind }) => `应为${kindsInChinese[kind] ?? kind}。`,
    en: ({ kind }) => `Give ${kindsInEnglish[kind] ?? kind}.`,
  },
  'give-size': {
    'zh-CN': ({ of, bound, limit }) =>
      of === 'value'
        ? `应${boundsInChinese[bound]} ${limit}。`
        : `应为${boundsInChinese[bound]} ${limit} ${of === 'items' ? '项' : '个字符'}。`,
    en: ({ of, bound, limit }, { plural }) =>
      `Give ${boundsInEnglish[bound]} ${limit}${{ items: ' of them', characters: plural(Number(limit), ' character', ' characters'), value: '' }[of]}.`,
  },
};

/** A schema's finding says itself what is wrong and what is wanted. */
const issue: ProblemWording<Issue> = {
  message: { 'zh-CN': ({ wrong }, { say }) => say(wrong), en: ({ wrong }, { say }) => say(wrong) },
  remedy: { 'zh-CN': ({ wanted }, { say }) => say(wanted), en: ({ wanted }, { say }) => say(wanted) },
};

/** What is wrong with a document, and what to do. */
export const contractProblems: ProblemSentences<ContractProblems> = {
  ...messages('contract-problems'),
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
