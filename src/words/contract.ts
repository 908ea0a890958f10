import type { ContractFindings, ContractProblems, Issue } from '../contract/contract-findings.ts';
import { cycleNames, mostCycleDays } from '../contract/roster-cycles.ts';
import type { SchemaForm } from '../contract/schema-forms.ts';
import type { Label, ProblemSentences, ProblemWording, Sentences } from './sentences.ts';
import { filledWith, messages } from './messages.ts';

const forms: Readonly<Record<SchemaForm, Label>> = {
  ...messages('value-forms'),
  'shift-cycle': {
    'zh-CN': `${cycleNames.join('、')} 之一，或 2 至 ${mostCycleDays} 天每天一个字母：E 早班，L 晚班，N 夜班，O 休息，如 EELLNNOO`,
    en: `one of ${cycleNames.join(', ')}, or a letter for each of 2 to ${mostCycleDays} days: E early, L late, N night, O off, such as EELLNNOO`,
  },
};

const said = messages('contract');

/** What schemas find, and what they want. */
export const contractSentences: Sentences<ContractFindings> = {
  ...said,
  'give-form': filledWith(said['give-form'], ({ form }) => ({ form: forms[form] })),
  'give-size': filledWith(said['give-size'], (size) => ({ ...size, characters: Number(size.limit) })),
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
