import type { Binding } from '../columns/bind-columns.ts';
import { weekdayNamed } from '../cells/wall-clock.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { RowReader } from './row-reader.ts';

/** Ways to write each of some choices, Chinese and English, lower case. */
type Choices<Choice extends string> = Readonly<Record<Choice, string>>;

/** Which of some choices a cell names; undefined where it is empty or bad. */
export const chosenWord = <Choice extends string>(
  reader: RowReader,
  binding: Binding | undefined,
  choices: Choices<Choice>,
): Choice | undefined => {
  const said = reader.text(binding)?.normalize('NFKC').trim().toLowerCase();
  if (binding === undefined || said === undefined || said === '') return undefined;
  const names = Object.keys(choices) as Choice[];
  const found = names.find((name) => name === said || choices[name].split(' ').includes(said));
  if (found === undefined) reader.fail(defect('not-one-of', { choices: names }), binding);
  return found;
};

/** The ISO weekday that a word names, or a digit; Sunday 0 as well as 7. */
const isoWeekday = (word: string): number | undefined => {
  if (/^[0-7]$/.test(word)) return Number(word) || 7;
  const named = weekdayNamed(word);
  return named === undefined ? undefined : named + 1;
};

/** ISO weekdays that a cell lists, Monday 1, as text in order; undefined where it is empty or bad. */
export const weekdaysListed = (reader: RowReader, binding: Binding | undefined): string[] | undefined => {
  if (binding === undefined) return undefined;
  const said = reader.list(binding);
  if (said.length === 0) return undefined;
  const found = said.flatMap((word) => isoWeekday(word) ?? []);
  if (found.length < said.length) {
    reader.fail(defect('not-weekdays'), binding);
    return undefined;
  }
  return [...new Set(found)].sort((a, b) => a - b).map(String);
};

/** How contracts and leave are called in files. */
export const contractWords = {
  standard: '标准 标准工时 标准工时制',
  comprehensive: '综合 综合工时 综合计算工时 综合计算工时制',
};
export const accountWords = {
  month: '月 按月 monthly',
  quarter: '季 季度 按季 quarterly',
  year: '年 按年 yearly annual',
};

export const leaveKindWords = {
  annual: '年假 年休假 年休 holiday vacation al',
  sick: '病假 病 sickness ill sl',
  training: '培训 学习 course',
  other: '事假 其他 其它 婚假 产假 陪产假 丧假 调休 unpaid',
};
export const leaveStateWords = {
  approved: '已批准 批准 已批 同意 通过 yes ok',
  asked: '申请 待批 待审批 审批中 pending requested',
  refused: '拒绝 未批准 驳回 不同意 rejected denied no',
};
