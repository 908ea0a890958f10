import type { z } from 'zod';
import { text, type Text } from '../kernel/text.ts';

/** What is wrong with one value, and what to do. */
export interface IssueWords {
  readonly message: Text;
  readonly remedy: Text;
}

/** A schema's own words for a form ('a clock time HH:MM'), in Chinese; unknown ones are told in English. */
const forms: Readonly<Record<string, string>> = {
  'a clock time HH:MM': '时刻 HH:MM',
  'a lower-case key such as social-security': '小写字母、数字和连字符组成的编号，如 social-security',
  'a country code such as CN': '国家代码，如 CN',
  'a name without blanks at its ends': '首尾没有空格的名称',
  'a local date and time YYYY-MM-DDTHH:MM': '当地日期与时刻，如 2026-11-24T09:00',
  date: '日期，如 2026-11-24',
  'an ISO week such as 2026-W48': '存在的 ISO 周次，如 2026-W48',
};

const types: Readonly<Record<string, Text>> = {
  number: text('数', 'a number'),
  int: text('整数', 'a whole number'),
  string: text('文字（加引号）', 'text (in quotation marks)'),
  boolean: text('true 或 false', 'true or false'),
  array: text('列表 [ ]', 'a list [ ]'),
  tuple: text('列表 [ ]', 'a list [ ]'),
  object: text('对象 { }', 'an object { }'),
  record: text('对象 { }', 'an object { }'),
  null: text('null', 'null'),
};

const typeName = (type: string): Text => types[type] ?? text(type, type);

/** Says in both languages what a schema found wrong; `value` is what stands there, undefined for nothing. */
export const describeIssue = (issue: z.core.$ZodIssue, value: unknown): IssueWords => {
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys);
  if (issue.code === 'invalid_format') return wrongForm(formOf(issue));
  if (issue.code === 'custom')
    return issue.message in forms ? wrongForm(issue.message) : ownWords(issue.message);
  if (value === undefined)
    return {
      message: text('缺少这一项', 'this is missing'),
      remedy: wanted(issue),
    };
  return { message: messageOf(issue), remedy: wanted(issue) };
};

const messageOf = (issue: z.core.$ZodIssue): Text => {
  if (issue.code === 'too_small') return sizeWords(issue.origin).small;
  if (issue.code === 'too_big') return sizeWords(issue.origin).large;
  if (issue.code === 'invalid_type') return text('值的类型不对', 'this is of the wrong kind');
  return text('不在允许的取值之内', 'this is not one of the values that are allowed');
};

const sizeWords = (origin: string): { readonly small: Text; readonly large: Text } => {
  if (origin === 'string')
    return { small: text('太短', 'this is too short'), large: text('太长', 'this is too long') };
  if (origin === 'array')
    return { small: text('项数太少', 'these are too few'), large: text('项数太多', 'these are too many') };
  return { small: text('太小', 'this is too small'), large: text('太大', 'this is too large') };
};

/** What would be right, as far as the schema says it in numbers, types or a list. */
const wanted = (issue: z.core.$ZodIssue): Text => {
  switch (issue.code) {
    case 'invalid_type': {
      const name = typeName(issue.expected);
      return text(`应为${name['zh-CN']}。`, `Give ${name.en}.`);
    }
    case 'invalid_value': {
      const values = issue.values.map((allowed) => JSON.stringify(allowed));
      return text(`可用：${values.join('、')}。`, `Use one of: ${values.join(', ')}.`);
    }
    case 'too_small':
      if (issue.exact === true) return bound(issue.origin, '恰好', 'exactly', issue.minimum);
      return bound(
        issue.origin,
        issue.inclusive === false ? '大于' : '不小于',
        issue.inclusive === false ? 'more than' : 'at least',
        issue.minimum,
      );
    case 'too_big':
      if (issue.exact === true) return bound(issue.origin, '恰好', 'exactly', issue.maximum);
      return bound(
        issue.origin,
        issue.inclusive === false ? '小于' : '不大于',
        issue.inclusive === false ? 'less than' : 'at most',
        issue.maximum,
      );
    default:
      return text(
        '请对照 huawu schema 给出的结构改正这一处。',
        'Correct this place; huawu schema prints the shape that is wanted.',
      );
  }
};

const bound = (origin: string, chinese: string, english: string, limit: number | bigint): Text => {
  if (origin === 'array') return text(`应为${chinese} ${limit} 项。`, `Give ${english} ${limit} of them.`);
  if (origin === 'string')
    return text(`应为${chinese} ${limit} 个字符。`, `Give ${english} ${limit} characters.`);
  return text(`应${chinese} ${limit}。`, `Give ${english} ${limit}.`);
};

const unknownKeys = (keys: readonly string[]): IssueWords => ({
  message: text(
    `没有名为${keys.map((key) => `「${key}」`).join('、')}的项`,
    `there is nothing named ${keys.map((key) => `"${key}"`).join(', ')} here`,
  ),
  remedy: text(
    '请检查拼写；可用的项见 huawu schema 给出的结构。',
    'Check the spelling; huawu schema prints the names that there are.',
  ),
});

const formOf = (issue: Extract<z.core.$ZodIssue, { code: 'invalid_format' }>): string =>
  issue.format === 'date' ? 'date' : issue.message;

const wrongForm = (form: string): IssueWords => ({
  message: text('写法不对', 'this is not written as it must be'),
  remedy: text(
    `应为${forms[form] ?? ` ${form}`}。`,
    `Give ${form === 'date' ? 'a date such as 2026-11-24' : form}.`,
  ),
});

/** A check of the schema's own: what it says is all that is known. */
const ownWords = (said: string): IssueWords => ({
  message: text(forms[said] ?? said, said),
  remedy: text('请改正这一处。', 'Correct this place.'),
});
