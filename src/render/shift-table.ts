import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { whole } from './format.ts';
import { textTable } from './text-table.ts';
import type { ReportWords } from './words.ts';

/** Operators by day and kind of shift, all tiers together: a row a day, a column a kind, the earliest first. */
export const shiftTable = (plan: PlanDocument, language: Language, words: ReportWords): string => {
  const operators = (template: string | undefined, date: string | undefined): number =>
    plan.shifts.reduce(
      (sum, shift) =>
        (template === undefined || shift.template === template) && (date === undefined || shift.date === date)
          ? sum + shift.operators
          : sum,
      0,
    );
  const names = new Map(plan.shifts.map((shift) => [shift.template, inLanguage(shift.name, language)]));
  const firstStart = (kind: string): string =>
    plan.shifts.reduce((first, { template, start }) => {
      const clock = start.slice(-5);
      return template === kind && clock < first ? clock : first;
    }, '24:00');
  const kinds = [...names.keys()].toSorted((a, b) => firstStart(a).localeCompare(firstStart(b)));
  return textTable(
    [words.shiftsByDay, ...kinds.map((kind) => names.get(kind) ?? kind), words.allShifts],
    plan.days.map(({ date, weekday }) => [
      `${date} ${words.weekdays[weekday - 1] ?? ''}`,
      ...kinds.map((kind) => whole(operators(kind, date))),
      whole(operators(undefined, date)),
    ]),
  );
};
