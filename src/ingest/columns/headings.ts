import { remembered } from '../../kernel/remember.ts';
import { headsPersonalNumbers, maskLikelyPersonal } from '../cells/mask-numbers.ts';
import { meaningByWords, saysStart } from './heading-grammar.ts';
import type { RecordKind } from '../../kernel/records.ts';
import { dateHeadings } from '../../kernel/record-headings.ts';
import { fieldSpec, fieldsOfKind } from './fields.ts';

/** Columns of the day and of the time of day where a start is given in two. */
const dateParts = {
  date: dateHeadings.split(' '),
  clock:
    '时段 时间段 时间 时刻 小时 开始时间 统计时段 time interval hour starttime timeofday 半小时 来电时间 呼入时间 进线时间 通话时间 拨测时间 calltime arrivaltime'.split(
      ' ',
    ),
};

/** Characters by which headings are compared. */
const longestHeading = 200;

/** Headings are compared with every field of every kind, row by row: each is normalised once. */
const mostNormalised = 20_000;
const bracketed = /\([^)]*\)|\[[^\]]*\]|【[^】]*】/g;
const shareWords = /[%‰率]|百分比|占比|比例|\b(?:percent(?:age)?|pct|rate|ratio|share)\b/;
const normalised = remembered((heading: string): string => {
  const said = heading.normalize('NFKC').toLowerCase();
  const outside = said.replaceAll(bracketed, '').replaceAll(/[%‰]/g, '');
  const bare = outside.replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
  // "% ACD Time" is another column than "ACD Time"
  return shareWords.test(said) && !shareWords.test(outside) ? `${bare}%` : bare;
}, mostNormalised);

/** A heading as it is compared. */
export const normalHeading = (heading: string): string => normalised(heading.slice(0, longestHeading));

/** Fields that a name may mean, with how surely. */
type Meanings = ReadonlyMap<string, number>;

/** Every name that headings of a kind may have, normalised. */
const meaningsByName = remembered((kind: RecordKind): ReadonlyMap<string, Meanings> => {
  const byName = new Map<string, Map<string, number>>();
  const mean = (name: string, field: string, surely: number): void => {
    const fields = byName.get(name) ?? new Map<string, number>();
    fields.set(field, Math.max(surely, fields.get(field) ?? 0));
    byName.set(name, fields);
  };
  for (const { field, headings } of fieldsOfKind[kind]) {
    mean(normalHeading(field), field, 1);
    headings.forEach((name, at) => mean(name, field, at === 0 ? 1 : 0.95 - (0.35 * at) / headings.length));
  }
  return byName;
});

/** Fields that a heading may mean: 1 for the canonical name, less down the list; undefined for none. */
export const meaningsOf = (heading: string, kind: RecordKind): Meanings | undefined => {
  const normal = normalHeading(heading);
  if (normal.endsWith('%')) return sharesByName(kind).get(normal.slice(0, -1));
  const byName = meaningsByName(kind);
  return byName.get(normal) ?? byName.get(normal.replace(runningWords, '')) ?? meaningByWords(heading, kind);
};

/** The same of headings that say a share: they mean no count and no duration. */
const sharesByName = remembered(
  (kind: RecordKind): ReadonlyMap<string, Meanings> =>
    new Map(
      [...meaningsByName(kind)].map(([name, fields]) => [
        name,
        new Map([...fields].filter(([field]) => fieldSpec(kind, field)?.type === 'share')),
      ]),
    ),
);

const runningWords = /累计|累积|cumulative|running/;

/** Whether a column counts from the beginning of the day on: each figure holds those before it. */
export const isRunningHeading = (heading: string): boolean => runningWords.test(normalHeading(heading));

/** How surely a heading means a field, 0 for not at all. */
export const headingConfidence = (heading: string, kind: RecordKind, field: string): number =>
  meaningsOf(heading, kind)?.get(field) ?? 0;

/** A heading as it is shown: where a file has none its first row stands there, with whose number it may be. */
export const shownHeading = (heading: string): string => maskLikelyPersonal(heading);

/** Whether a column holds persons' numbers by its heading. */
export const isPersonalHeading = (heading: string): boolean =>
  headingConfidence(heading, 'calls', 'caller') > 0 || headsPersonalNumbers(normalHeading(heading));

/** What is not certain of a heading though it is taken for a field: talk alone, or calls that ended in the menu counted. */
export const doubtOf = (
  heading: string,
  field: string,
): 'talk-for-handle' | 'all-calls-for-offered' | undefined => {
  const normal = normalHeading(heading);
  if (field.startsWith('handle_seconds') && /通话|talk|billsec|acdtime/.test(normal))
    return 'talk-for-handle';
  return field === 'offered' && /总|^来电|received|^totalcalls/.test(normal)
    ? 'all-calls-for-offered'
    : undefined;
};

const wrapUp =
  /^(?:平均|总)?(?:话后|通话后|事后)(?:处理|整理|小结|工作)?(?:总?时长|时间|秒数)?$|^整理时长$|^(?:average|avg|mean|total)?(?:acw|aftercallwork|wrapup|wrap|aftercall)(?:time|seconds|duration)?$/;

/** Whether a heading means the work after a call, which is part of its handle time. */
export const isWrapUp = (heading: string): boolean => wrapUp.test(normalHeading(heading));

/** How surely a heading means the day, or the time of day, of a start given in two columns. */
export const datePartConfidence = (heading: string, part: 'date' | 'clock'): number => {
  const at = dateParts[part].indexOf(normalHeading(heading));
  if (at < 0) return part === 'clock' && saysStart(heading) ? 0.55 : 0;
  return 0.9 - (0.3 * at) / dateParts[part].length;
};
