import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RosterDocument } from '../../contract/documents/roster-document.ts';
import type { ShiftsModel } from '../../contract/models/shifts-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import { leaveShare } from '../../kernel/shrinkage.ts';
import { modelLanguages, type Text, untranslated } from '../../kernel/text.ts';
import { clockText, dayMinutes, minuteOf } from '../../kernel/time-window.ts';
import { type PlainDate, weekdayOf } from '../../kernel/time.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { addAt } from '../../kernel/value-at.ts';
import type { RosterDemand, RosterShift } from '../../rostering/roster-problem.ts';

type PlanShift = PlanDocument['shifts'][number];

/**
 * A kind of duty as people are rostered for it: the starts of one template that lie close together. Rules see its
 * earliest start and latest end, so that every start of it keeps them; who has which start is settled day by day.
 */
export interface DutyKind extends RosterShift {
  readonly template: string;
  readonly name: Text;
  /** What is in a cell of the wall sheet. */
  readonly letter: Text;
  /** Minutes after midnight, earliest first. */
  readonly starts: readonly number[];
  /** From one start to its end, breaks included. */
  readonly dutyMinutes: number;
  /** Unpaid breaks, midway in their windows; older rosters do not say. */
  readonly unpaid?: readonly { readonly after: number; readonly minutes: number }[];
}

/** Minutes by which starts of one kind differ at most. */
const widestKind = 240;

interface PlannedShifts {
  readonly shifts: readonly PlanShift[];
  readonly templates: ShiftsModel['templates'];
}

/**
 * The kinds of duty of some plans, by template as their models list them and by start. A template that changed between
 * two plans, in its hours or breaks, is a kind for each.
 */
export const dutyKinds = (plans: readonly PlannedShifts[], nightStartsFrom: number): DutyKind[] => {
  const kinds = [...Map.groupBy(versionsOf(plans), ({ template }) => template.template).values()].flatMap(
    (versions) => {
      const groups = versions.flatMap(({ template, starts }) =>
        groupStarts([...starts], minuteOf(template.earliestStart)).map((starts) => ({ template, starts })),
      );
      return groups.map((group, at) =>
        kindOfGroup(group, groups.slice(0, at), groups.length, nightStartsFrom),
      );
    },
  );
  return withLetters(kinds);
};

type Template = ShiftsModel['templates'][number];

/** Each template as each plan has it, those of the same hours and breaks as one, with the starts that are planned. */
const versionsOf = (plans: readonly PlannedShifts[]) => {
  const versions = new Map<string, { readonly template: Template; readonly starts: Set<number> }>();
  for (const { shifts, templates } of plans)
    for (const template of templates) {
      const own = shifts.filter((shift) => shift.template === template.template);
      const key = JSON.stringify([template.template, template.hours, template.breaks]);
      const version = versions.get(key) ?? { template, starts: new Set() };
      for (const { start } of own) version.starts.add(minuteOf(start));
      versions.set(key, version);
    }
  return [...versions.values()];
};

interface StartGroup {
  readonly template: Template;
  readonly starts: readonly number[];
}

const kindOfGroup = (
  { template, starts }: StartGroup,
  before: readonly StartGroup[],
  groups: number,
  nightStartsFrom: number,
): Omit<DutyKind, 'letter'> => {
  const [first = 0] = starts;
  const last = starts.at(-1) ?? first;
  const dutyMinutes = Math.round(template.hours * 60);
  const unpaid = template.breaks.reduce((sum, pause) => sum + (pause.paid ? 0 : pause.minutes), 0);
  const hour = clockText(first).slice(0, 2);
  const alike = before.filter((one) => clockText(one.starts[0] ?? 0).slice(0, 2) === hour).length;
  return {
    shift:
      groups === 1 ? template.template : `${template.template}-${hour}${alike === 0 ? '' : `-${alike + 1}`}`,
    template: template.template,
    name: groups === 1 ? template.name : atClock(template.name, first, alike === 0 ? '' : template.hours),
    starts,
    dutyMinutes,
    unpaid: template.breaks
      .filter(({ paid }) => !paid)
      .map(({ minutes, earliestHours, latestHours }) => ({
        after: Math.round(30 * (earliestHours + latestHours)),
        minutes,
      })),
    startMinute: first,
    lengthMinutes: dutyMinutes + last - first,
    workMinutes: dutyMinutes - unpaid,
    mealMinutes: Math.max(0, ...template.breaks.map(({ minutes }) => minutes)),
    isNight: last >= nightStartsFrom * 60,
  };
};

/**
 * The kinds of duty that a roster has, as it has them: what templates have become since does not matter. Older rosters
 * say neither how long a duty is nor its break: the duties themselves and their paid hours do.
 */
export const keptKinds = ({ shifts, duties }: Pick<RosterDocument, 'shifts' | 'duties'>): DutyKind[] =>
  shifts.map((kept): DutyKind => {
    const starts = kept.starts.map(minuteOf);
    const [first = 0] = starts;
    const workMinutes = Math.round(kept.hours * 60);
    const duty = duties.find(({ shift }) => shift === kept.shift);
    const dutyMinutes =
      kept.dutyMinutes ?? (duty === undefined ? workMinutes : minutesFrom(duty.start, duty.end));
    return {
      shift: kept.shift,
      template: kept.template,
      name: kept.name,
      letter: kept.letter,
      starts,
      dutyMinutes,
      ...(kept.unpaid === undefined ? {} : { unpaid: kept.unpaid }),
      startMinute: first,
      lengthMinutes: dutyMinutes + (starts.at(-1) ?? first) - first,
      workMinutes,
      mealMinutes: kept.mealMinutes ?? Math.max(0, dutyMinutes - workMinutes),
      isNight: kept.night,
    };
  });

/** Minutes from one clock time to the next time that the clock shows another; a whole day where both are the same. */
const minutesFrom = (start: string, end: string): number =>
  ((minuteOf(end) - minuteOf(start) + dayMinutes - 1) % dayMinutes) + 1;

/** Index of the kind that a planned shift belongs to; -1: none. */
export const kindOfPlanned = (kinds: readonly DutyKind[], { template, start, end }: PlanShift): number => {
  const minute = minuteOf(start);
  const fits = [...kinds.keys()].filter(
    (at) => kinds[at]?.template === template && kinds[at].starts.includes(minute),
  );
  // Where a template changed between two plans its length tells which of them it is.
  const away = (at: number): number => Math.abs((kinds[at]?.dutyMinutes ?? 0) - minutesFrom(start, end));
  return fits.toSorted((a, b) => away(a) - away(b))[0] ?? -1;
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

/** A name with the start, and the hours where another kind of that name starts alike. */
const atClock = (name: Text, minute: number, hours: number | ''): Text => {
  const told = `${clockText(minute)}${hours === '' ? '' : ` · ${hours} h`}`;
  return { 'zh-CN': `${name['zh-CN']} ${told}`, en: `${name.en} ${told}` };
};

/** The first character of each name, distinguished by figures where two begin alike. */
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

/** Price of a duty of eight hours left open, and of one too many, beside the prices of the labour rules. */
const underPrice = 100;
const overPrice = 5;

/** A day of the period with the plan from whose weekday its duties are taken, and the tiers as that plan has them. */
export interface PlannedDay {
  readonly date: PlainDate;
  readonly plan: PlanDocument;
  readonly tiers: TiersModel['tiers'];
}

/**
 * Duties of each day, kind and tier (`tiers`: their names in order): the plan's shifts of that weekday, less the share
 * that its shrinkage keeps for leave, rounded so that a tier's day adds up.
 */
export const dutyDemand = (
  days: readonly PlannedDay[],
  kinds: readonly DutyKind[],
  tiers: readonly string[],
): RosterDemand[] =>
  days.flatMap(({ date, plan, tiers: models }, day) => {
    const weekday = weekdayOf(date);
    return tiers.flatMap((tier, at) => {
      const counts = kinds.map(() => 0);
      for (const shift of plan.shifts) {
        if (shift.tier !== tier || weekdayOf(shift.date) !== weekday) continue;
        const kind = kindOfPlanned(kinds, shift);
        if (kind >= 0) addAt(counts, kind, shift.operators);
      }
      const model = models.find((one) => one.tier === tier);
      const share = model === undefined ? 0 : leaveShare(model, weekday);
      return scaled(counts, 1 - share).map((operators, shift) =>
        pricedDuties(kinds, { day, shift, tier: at, operators }),
      );
    });
  });

/** The duties that a roster says it was made for, whatever has been planned since. */
export const keptDemand = (
  dates: readonly PlainDate[],
  kinds: readonly DutyKind[],
  tiers: readonly string[],
  required: NonNullable<RosterDocument['requiredDuties']>,
): RosterDemand[] => {
  const wanted = new Map(required.map((row) => [`${row.date} ${row.tier} ${row.shift}`, row.operators]));
  return dates.flatMap((date, day) =>
    tiers.flatMap((name, tier) =>
      kinds.map((kind, shift) =>
        pricedDuties(kinds, {
          day,
          shift,
          tier,
          operators: wanted.get(`${date} ${name} ${kind.shift}`) ?? 0,
        }),
      ),
    ),
  );
};

const pricedDuties = (
  kinds: readonly DutyKind[],
  row: Pick<RosterDemand, 'day' | 'shift' | 'tier' | 'operators'>,
): RosterDemand => {
  const hours = (kinds[row.shift]?.workMinutes ?? 0) / 480;
  return { ...row, underPrice: underPrice * hours, overPrice: overPrice * hours };
};

/** Whole numbers in the proportion of `counts` that sum to the rounded share of their sum. */
export const scaled = (counts: readonly number[], share: number): number[] => {
  const total = Math.round(sumOf(counts) * share);
  const exact = counts.map((count) => count * share);
  const whole = exact.map(Math.floor);
  const left = total - sumOf(whole);
  const order = exact
    .map((value, at) => ({ at, part: value - Math.floor(value) }))
    .sort((a, b) => b.part - a.part || a.at - b.at);
  for (const { at } of order.slice(0, Math.max(0, left))) addAt(whole, at, 1);
  return whole;
};
