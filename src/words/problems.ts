import type { KernelProblems, MonitoredProblems } from '../kernel/kernel-findings.ts';
import type { MonitoringProblems } from '../monitoring/monitoring-findings.ts';
import type { DiversionProblems } from '../diversion/diversion-findings.ts';
import { alikeKey, type Problem } from '../kernel/errors.ts';
import type { Finding } from '../kernel/finding.ts';
import { type Language, languages, type Text } from '../kernel/text.ts';
import type { PlanningProblems } from '../planning/planning-findings.ts';
import type { QueueingProblems } from '../queueing/queueing-problems.ts';
import { contractProblems } from './contract.ts';
import { dayProblems } from './day.ts';
import { doorProblems } from './doors.ts';
import {
  columnProblems,
  doubtProblems,
  fileProblems,
  recordProblems,
  rowProblems,
  topicProblems,
} from './ingest-problems.ts';
import { sizeOf } from './kernel.ts';
import { filledWith, messageFilledWith, messages } from './messages.ts';
import { madeUpGoes, unlistedQueues } from './planning.ts';
import { rosterProblems } from './rostering.ts';
import type { ProblemSentences, ProblemWording } from './sentences.ts';
import { inEveryLanguage, ofAnotherVersion, speak, wordsIfAny, wordsOf } from './speak.ts';
import type { Audience, Speech } from './speech.ts';

const planningProblemsSaid = messages('planning-problems');

const useCaseProblems: ProblemSentences<PlanningProblems> = {
  ...planningProblemsSaid,
  'demand-beyond-planning': messageFilledWith(
    planningProblemsSaid['demand-beyond-planning'],
    ({ calls, erlangs, ...most }, speech) => ({
      ...most,
      many: sizeOf(calls, speech),
      peak: sizeOf(erlangs, speech),
    }),
  ),
  'large-change': messageFilledWith(planningProblemsSaid['large-change'], ({ share }) => ({
    share: Math.abs(share),
  })),
  'queue-without-traffic': {
    ...planningProblemsSaid['queue-without-traffic'],
    remedy: filledWith(planningProblemsSaid['queue-without-traffic'].remedy, ({ known }, { say }) => ({
      known: known.map(({ queue, name }) => ({
        queue,
        name: name === null || say(name) === queue ? null : name,
      })),
    })),
  },
  'queue-not-in-models': unlistedQueues,
  'rows-get-other-figures': messageFilledWith(
    planningProblemsSaid['rows-get-other-figures'],
    ({ to, ...rest }) => ({
      ...rest,
      to: to === rest.from ? null : to,
    }),
  ),
  'made-up-line-goes': { ...planningProblemsSaid['made-up-line-goes'], message: madeUpGoes },
  'handle-times-differ': {
    ...planningProblemsSaid['handle-times-differ'],
    message: messages('records')['handle-times-differ'],
  },
};

const queueingProblemsSaid = messages('queueing-problems');

/** What is wrong with a bare queueing model or a table of queues, and what to do. */
const queueingProblems: ProblemSentences<QueueingProblems> = {
  ...queueingProblemsSaid,
  'known-class': {
    ...queueingProblemsSaid['known-class'],
    remedy: filledWith(queueingProblemsSaid['known-class'].remedy, ({ classes }) => ({ last: classes - 1 })),
  },
  'known-pool': {
    ...queueingProblemsSaid['known-pool'],
    remedy: filledWith(queueingProblemsSaid['known-pool'].remedy, ({ pools }) => ({ last: pools - 1 })),
  },
};

/** What is wrong with monitored results, whether a file or a form brings them, and what to do. */
const monitoredProblems: ProblemSentences<MonitoredProblems> = messages('monitored-problems');

/** What is wrong with what is asked of a use case, with a model of calls, and with what a monitor sees. */
const planningProblems = { ...useCaseProblems, ...queueingProblems, ...monitoredProblems };

/** A problem with what is said of it. */
export interface SaidProblem extends Problem {
  readonly message: Text;
  readonly remedy: Text;
}

/** A problem with its sentences in every language, for one reader. */
export const sayProblem = (problem: Problem, audience: Audience): SaidProblem => {
  const said = languages.map((language) => [language, problemIn(problem, language, audience)] as const);
  const part = (name: keyof ProblemWords): Text =>
    Object.fromEntries(said.map(([language, words]) => [language, words[name]])) as unknown as Text;
  return { ...problem, message: part('message'), remedy: part('remedy') };
};

interface ProblemWords {
  readonly message: string;
  readonly remedy: string;
}

/** What is wrong and what to do, in one language, for one reader. */
export const problemIn = (problem: Problem, language: Language, audience: Audience): ProblemWords => {
  const speech = speak(language, audience);
  const { rule, unlisted: count, rows } = problem;
  if (count !== undefined) return wordingOf(unlisted, { rule, count }, speech);
  const said = saidOf(problem, speech);
  if (rows === undefined) return said;
  return { ...said, message: wordingOf(onSeveralRows, { message: said.message, rows }, speech).message };
};

const saidOf = (problem: Problem, speech: Speech): ProblemWords => {
  const wording = problemSentences[problem.rule];
  // A rule of the same name may bring its own words, and then no values for the catalogue's.
  const ownWords =
    problem.message !== undefined &&
    problem.values === undefined &&
    problem.message[speech.language] !== wording?.message[speech.language];
  if (wording === undefined || ownWords) {
    const { message = bare(problem.rule), remedy = bare('') } = problem;
    return { message: speech.name(message), remedy: speech.name(remedy) };
  }
  return wordingOf(wording, (problem.values ?? {}) as never, speech, problem.rule);
};

/** What is wrong and what to do; of values that are not there, as stored problems' may be, it says that. */
const wordingOf = <Values>(
  { message, remedy, onPage = remedy }: ProblemWording<Values>,
  values: Values,
  speech: Speech,
  rule = '',
): ProblemWords => ({
  message: wordsIfAny(message, values, speech) ?? wordsOf(ofAnotherVersion, { code: rule }, speech),
  remedy: wordsIfAny(speech.audience === 'page' ? onPage : remedy, values, speech) ?? '',
});

/** Problems of one rule that are counted, not listed one by one. */
const unlisted: ProblemWording<{ readonly rule: string; readonly count: number }> =
  messages('problems-unlisted');

/** A value that is wrong wherever it stands. */
const onSeveralRows: ProblemWording<{ readonly message: string; readonly rows: number }> =
  messages('problems-on-rows');

/** A problem with the others of its kind that are listed, and how many more there are; empty where there are none. */
interface AlikeProblems {
  readonly problem: Problem;
  readonly alike: readonly Problem[];
  readonly others: string;
}

/**
 * Problems of the rows of a file as a person reads them: those of one rule and column, fifty of which have one cause, as one
 * with a count. What is in no row, as in settings, stays as it is.
 */
export const groupAlike = (problems: readonly Problem[], language: Language): readonly AlikeProblems[] => {
  const groups = new Map<string, Problem[]>();
  problems.forEach((problem, i) => {
    const key = problem.row === undefined ? String(i) : alikeKey(problem);
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  });
  const counted = problems.filter(({ unlisted }) => unlisted !== undefined);
  const told = [...groups.values()];
  /** The one group that a count belongs to. */
  const groupOf = ({ rule, severity }: Problem): readonly Problem[] | undefined => {
    const own = told.filter(
      ([one]) => one?.row !== undefined && one.rule === rule && one.severity === severity,
    );
    return own.length === 1 ? own[0] : undefined;
  };
  return told.flatMap((group) => {
    const [problem, ...alike] = group;
    if (problem === undefined || (problem.unlisted !== undefined && groupOf(problem) !== undefined))
      return [];
    const further = counted.filter((count) => groupOf(count) === group);
    const more = further.reduce((sum, { unlisted = 0 }) => sum + unlisted, alike.length);
    const rows = alike.slice(0, 3).flatMap(({ row }) => (row === undefined ? [] : [row]));
    return [{ problem, alike, others: more === 0 ? '' : oneLine[language].alike(more, rows) }];
  });
};

/** A rule without words: shown as it is, so that it is found and given some. */
const bare = (rule: string): Text => ({ 'zh-CN': rule, en: rule });

/** How a language joins the parts of a problem into one line. */
interface OneLine {
  readonly row: (row: number) => string;
  readonly column: (column: string) => string;
  readonly between: string;
  readonly colon: string;
  readonly found: (value: string) => string;
  readonly stop: string;
  /** Others of the kind, and some of their rows. */
  readonly alike: (more: number, rows: readonly number[]) => string;
  /** A sentence that begins with the name of a command keeps its small letter. */
  readonly begin: (words: string) => string;
}

const oneLine: Readonly<Record<Language, OneLine>> = {
  'zh-CN': {
    row: (row) => `第 ${row} 行`,
    column: (column) => `“${column}”列`,
    between: ' ',
    colon: '：',
    found: (value) => `（读到“${value}”）`,
    stop: '。',
    alike: (more, rows) =>
      `同类问题另有 ${more} 处（第 ${rows.join('、')} 行${more > rows.length ? '等' : ''}）。`,
    begin: (words) => words,
  },
  en: {
    row: (row) => `row ${row}`,
    column: (column) => `column "${column}"`,
    between: ', ',
    colon: ': ',
    found: (value) => ` (found "${value}")`,
    stop: '. ',
    alike: (more, rows) =>
      `${more} more like it (${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more > rows.length ? ', …' : ''}).`,
    begin: (words) => (words.startsWith('huawu') ? words : words.charAt(0).toUpperCase() + words.slice(1)),
  },
};

/** The one-line form of a problem: where, what, what was found, what to do. */
export const describeProblem = (
  problem: Problem,
  language: Language,
  audience: Audience = 'terminal',
): string => {
  const { message, remedy } = problemIn(problem, language, audience);
  const words = oneLine[language];
  const where = [
    problem.file,
    problem.row === undefined ? undefined : words.row(problem.row),
    problem.column === undefined ? undefined : words.column(problem.column),
    placeOf(problem, language),
  ].filter((part) => part !== undefined);
  const place = where.length === 0 ? '' : where.join(words.between) + words.colon;
  const found = problem.value === undefined || problem.value === '' ? '' : words.found(problem.value);
  const advice = words.begin(remedy);
  const stop = /[.。!?！？]$/.test(advice) ? '' : words.stop.trim();
  return `${place}${message}${found}${words.stop}${advice}${stop}`;
};

/** Where in a document the problem is, or what was asked about: the former only is written as in its file. */
export const placeOf = (
  { file, path }: { readonly file?: string | undefined; readonly path?: string | undefined },
  language: Language,
): string | undefined => (file !== undefined || path === undefined ? path : placeName(path, language));

/**
 * Chinese of what a question is asked about. English reads the words as they are; a place inside a JSON document
 * (`queues.2.priority`), an option (`--queue`) and the name of a setting stay as they have to be written.
 */
const chinese: ReadonlyMap<string, string> = new Map(
  Object.entries({
    traffic: '话务',
    period: '时期',
    week: '周次',
    queue: '队列',
    hotline: '热线',
    tier: '座席等级',
    plan: '计划',
    roster: '在岗座席',
    at: '时段',
    'as-of': '已知截至',
    date: '日期',
    from: '起始',
    to: '结束',
    days: '天数',
    origin: '起点',
    origins: '起点',
    'gap-days': '间隔天数',
    'horizon-days': '计分天数',
    factor: '倍数',
    calls: '来电',
    reason: '理由',
    author: '调整人',
    effect: '得分',
    map: '映射文件',
    model: '模型',
    '(document)': '整个文档',
  }),
);

/** What languages call places, and how they name what is beside one; a place without a name is written as it is. */
const placesIn: Readonly<
  Record<Language, { readonly names: ReadonlyMap<string, string>; readonly beside: (name: string) => string }>
> = {
  'zh-CN': { names: chinese, beside: (name) => `（${name}）` },
  en: { names: new Map(), beside: (name) => ` (${name})` },
};

/** How the place of a problem is called, which may name a queue beside it: 'origins (general)' → '起点（general）'. */
const placeName = (path: string, language: Language): string => {
  const { names, beside } = placesIn[language];
  const [, key = path, other] = /^([\w-]+) \((.*)\)$/.exec(path) ?? [];
  const name = names.get(key);
  if (name === undefined) return path;
  return other === undefined ? name : `${name}${beside(other)}`;
};

/** What is wrong with dates, zones and transfers, wherever they are found, and what to do. */
const kernelProblems: ProblemSentences<KernelProblems> = messages('kernel-problems');

const monitoringProblems: ProblemSentences<MonitoringProblems> = messages('monitoring-problems');

const diversionProblems: ProblemSentences<DiversionProblems> = messages('diversion-problems');

/** What is said of every problem, by rule. Apart from the findings' sentences: a page loads it where something is wrong. */
export const problemSentences: Readonly<Record<string, ProblemWording<never>>> = {
  ...doorProblems,
  ...contractProblems,
  ...dayProblems,
  ...diversionProblems,
  ...columnProblems,
  ...doubtProblems,
  ...fileProblems,
  ...kernelProblems,
  ...monitoringProblems,
  ...planningProblems,
  ...recordProblems,
  ...rosterProblems,
  ...rowProblems,
  ...topicProblems,
};

/**
 * A document as it goes out: every finding in it with its sentences beside its code and values, every problem with its
 * message and remedy. What holds none is handed on as it is, not copied.
 */
export const withSentences = <Document>(document: Document, audience: Audience): Document =>
  spell(document, audience) as Document;

/** The same as JSON. */
export const jsonWithSentences = (document: unknown, audience: Audience): string =>
  JSON.stringify(withSentences(document, audience));

const spell = (value: unknown, audience: Audience): unknown => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    // Series of figures, which are most of a document, hold nothing to say.
    if (typeof value[0] === 'number') return value;
    return eachOf(
      value,
      value.map((item) => spell(item, audience)),
    );
  }
  if (isFinding(value)) return { ...value, ...inEveryLanguage(value, audience) };
  if (isProblem(value)) return sayProblem(value, audience);
  const entries = Object.entries(value).map(([key, item]) => [key, spell(item, audience)] as const);
  return entries.some(([key, item]) => item !== (value as Record<string, unknown>)[key])
    ? Object.fromEntries(entries)
    : value;
};

const eachOf = (before: readonly unknown[], after: readonly unknown[]): readonly unknown[] =>
  after.some((item, i) => item !== before[i]) ? after : before;

const isFinding = (value: object): value is Finding =>
  'code' in value && typeof value.code === 'string' && 'values' in value;

const isProblem = (value: object): value is Problem =>
  'rule' in value && 'severity' in value && typeof value.rule === 'string';
