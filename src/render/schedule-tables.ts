import { audienceTold } from '../contract/documents/audience-told.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { speak } from '../words/speak.ts';
import { mergeSpans, type MergedSpan } from './merge-spans.ts';
import { tableOf, type Column, type Table } from './table.ts';
import { queueName, tierName } from './week-tables.ts';
import { reportWords } from './words.ts';

type Shift = PlanDocument['shifts'][number];

/** A row for each shift of the week that is worked by some of a tier, day by day. */
export const shiftTable = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const { list } = speak(language, 'terminal');
  return tableOf<Shift>(
    plan.shifts.toSorted((a, b) => a.date.localeCompare(b.date)),
    [
      [words.date, 'date', ({ date }) => date],
      [words.tier, 'text', ({ tier }) => tierName(plan, tier, language)],
      [words.template, 'text', ({ name }) => inLanguage(name, language)],
      [words.start, 'time', ({ start }) => start],
      [words.end, 'time', ({ end }) => end],
      [words.operators, 'operators', ({ operators }) => operators],
      [words.breaks, 'text', ({ breaks }) => list(breaks.map((pause) => words.pause(pause)))],
      [words.cost, 'money', ({ cost }) => cost],
    ],
    { title: words.shifts, currency: plan.total.currency },
  );
};

/** Operators by day and kind of shift, all tiers together: a row a day, a column a kind, the earliest first. */
export const shiftsByKind = (plan: PlanDocument, language: Language): Table => {
  const words = reportWords(language);
  const names = new Map(plan.shifts.map((shift) => [shift.template, inLanguage(shift.name, language)]));
  const firstStart = (kind: string): string =>
    plan.shifts.reduce((first, { template, start }) => {
      const clock = start.slice(-5);
      return template === kind && clock < first ? clock : first;
    }, '24:00');
  const operators = (date: string, isCounted: (shift: Shift) => boolean): number =>
    plan.shifts.reduce(
      (sum, shift) => sum + (shift.date === date && isCounted(shift) ? shift.operators : 0),
      0,
    );
  const kinds = [...names.keys()].toSorted((a, b) => firstStart(a).localeCompare(firstStart(b)));
  return tableOf(
    plan.days,
    [
      [words.date, 'date', ({ date }) => date],
      [words.weekday, 'text', ({ weekday }) => words.weekdays[weekday - 1] ?? ''],
      ...kinds.map((kind): Column<PlanDocument['days'][number]> => [
        names.get(kind) ?? kind,
        'operators',
        ({ date }) => operators(date, ({ template }) => template === kind),
      ]),
      [words.allShifts, 'operators', ({ date }) => operators(date, () => true)],
    ],
    { title: words.shiftsByDay },
  );
};

/** A row for each stretch of an announcement, with the queues that hear it, and what it says where asked for. */
export const promptTable = (plan: PlanDocument, language: Language, withWords: boolean): Table => {
  const words = reportWords(language);
  const { list, say } = speak(language, 'terminal');
  const announcements = new Map(
    plan.prompts.map((span) => [span.prompt, inLanguage(span.announcement, language)]),
  );
  const said: Column<MergedSpan>[] = [
    [words.announcement, 'text', ({ prompt }) => announcements.get(prompt) ?? prompt],
    [words.playedTo, 'text', ({ waitAboveSeconds }) => say(audienceTold(waitAboveSeconds))],
  ];
  return tableOf<MergedSpan>(
    mergeSpans(plan.prompts),
    [
      [words.date, 'date', ({ date }) => date],
      [words.start, 'time', ({ from }) => from],
      [words.end, 'time', ({ to }) => to],
      [words.prompt, 'text', ({ name }) => inLanguage(name, language)],
      [words.queue, 'text', ({ queues }) => list(queues.map((queue) => queueName(plan, queue, language)))],
      ...(withWords ? said : []),
      [words.callersDiverted, 'calls', ({ callersDiverted }) => callersDiverted],
    ],
    { title: words.prompts },
  );
};
