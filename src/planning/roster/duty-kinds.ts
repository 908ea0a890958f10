import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { ShiftsModel } from '../../contract/models/shifts-model.ts';
import { modelLanguages, untranslated, type Text } from '../../kernel/text.ts';
import { clockText, dayMinutes, minuteOf } from '../../kernel/time-window.ts';
import type { RosterShift } from '../../rostering/roster-problem.ts';

type PlanShift = PlanDocument['shifts'][number];

/**
 * A kind of duty as people are rostered for it: the starts of one template that lie close together. Rules see its
 * earliest start and latest end, so that every start of it keeps them; who has which start is settled day by day.
 */
export interface DutyKind extends RosterShift {
  readonly template: string;
  readonly name: Text;
  /** What stands in a cell of the wall sheet. */
  readonly letter: Text;
  /** Minutes after midnight, earliest first. */
  readonly starts: readonly number[];
  /** From one start to its end, breaks included. */
  readonly dutyMinutes: number;
}

/** Minutes by which starts of one kind differ at most. */
const widestKind = 240;

/** The kinds of duty of some plans, by template as the models list them and by start. */
export const dutyKinds = (
  shifts: readonly PlanShift[],
  { templates }: ShiftsModel,
  nightStartsFrom: number,
): DutyKind[] => {
  const kinds = templates.flatMap((template) => {
    const own = shifts.filter((shift) => shift.template === template.template);
    const starts = [...new Set(own.map(({ start }) => minuteOf(start)))];
    const earliest = minuteOf(template.earliestStart);
    const groups = groupStarts(starts, earliest);
    return groups.map((group): Omit<DutyKind, 'letter'> => {
      const first = group[0] as number;
      const dutyMinutes = Math.round(template.hours * 60);
      const unpaid = template.breaks.reduce((sum, pause) => sum + (pause.paid ? 0 : pause.minutes), 0);
      const longest = Math.max(0, ...template.breaks.map(({ minutes }) => minutes));
      return {
        shift:
          groups.length === 1 ? template.template : `${template.template}-${clockText(first).slice(0, 2)}`,
        template: template.template,
        name: groups.length === 1 ? template.name : atClock(template.name, first),
        starts: group,
        dutyMinutes,
        startMinute: first,
        lengthMinutes: dutyMinutes + (group.at(-1) as number) - first,
        workMinutes: dutyMinutes - unpaid,
        mealMinutes: longest,
        isNight: (group.at(-1) as number) >= nightStartsFrom * 60,
      };
    });
  });
  return withLetters(kinds);
};

/** Starts in order of the template's window, parted where they lie too far apart or pass midnight. */
const groupStarts = (starts: readonly number[], earliest: number): number[][] => {
  const after = (start: number): number => (start - earliest + dayMinutes) % dayMinutes;
  const groups: number[][] = [];
  for (const start of starts.toSorted((a, b) => after(a) - after(b))) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group !== undefined && first !== undefined && start >= first && start - first <= widestKind)
      group.push(start);
    else groups.push([start]);
  }
  return groups;
};

const atClock = (name: Text, minute: number): Text => ({
  'zh-CN': `${name['zh-CN']} ${clockText(minute)}`,
  en: `${name.en} ${clockText(minute)}`,
});

/** The first character of each name, told apart by figures where two begin alike. */
const withLetters = (kinds: readonly Omit<DutyKind, 'letter'>[]): DutyKind[] =>
  kinds.map((kind, index) => {
    const letters = modelLanguages.map((language) => {
      const first = (one: Omit<DutyKind, 'letter'>): string =>
        [...one.name[language]][0]?.toUpperCase() ?? '?';
      const alike = kinds.flatMap((one, at) => (first(one) === first(kind) ? [at] : []));
      return [language, alike.length === 1 ? first(kind) : `${first(kind)}${alike.indexOf(index) + 1}`];
    });
    return { ...kind, letter: { ...untranslated('?'), ...Object.fromEntries(letters) } };
  });
