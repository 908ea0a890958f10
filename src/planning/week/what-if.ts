import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { HoursInUse } from '../../contract/models/model-fields.ts';
import { nothingAsked, type WhatIfAsked } from '../../contract/models/scenario-model.ts';
import type { ShiftsModel } from '../../contract/models/shifts-model.ts';
import { isBackwards } from '../../contract/models/check-pairs.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import { clockText, dayMinutes, minuteOf } from '../../kernel/time-window.ts';
import type { TierPeople } from '../../scheduling/cover-request.ts';
import { planningProblem } from '../planning-findings.ts';
import type { Models } from '../ports.ts';

/**
 * What a planner asks of one plan without touching the settings: longer calls, another latest start, a shift more or
 * less, people of a tier more or less, other opening hours. But for the first each is a text of its own form
 * (`latestStart: 'late=20:00'`); what has not the form, or names what is not there, is refused with what there is.
 */
interface WhatIf {
  /** What is asked, as the plan keeps and tells it. */
  readonly asked: WhatIfAsked[];
  readonly models: Models;
  /** Settings as the workspace has them, with the shifts and hours that are asked for instead. */
  readonly withSettings: (own: Models) => Models;
  readonly hours: HoursInUse;
  readonly withPeople: (people: readonly TierPeople[]) => readonly TierPeople[];
}

type Template = ShiftsModel['templates'][number];
type Field = 'latestStart' | 'addShift' | 'dropShift' | 'people' | 'openingHours';

const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const forms: Readonly<Record<Field, RegExp>> = {
  latestStart: new RegExp(`^([^=]+)=(${clock})$`),
  addShift: new RegExp(`^([^@]+)@(${clock})(?:-(${clock}))?$`),
  dropShift: /^(.+)$/,
  people: /^([^=]+)=([+-]?\d{1,4})$/,
  openingHours: new RegExp(`^(?:([1-7])(?:-([1-7]))?=)?(?:(${clock})-(${clock}|24:00)|(closed))$`),
};

/** A question's parts by its form; throws where it has not the form. */
const partsOf = (field: Field, text: string): string[] => {
  const found = forms[field].exec(text.trim());
  if (found === null) throw new BadInputError([planningProblem(field, `what-if-${field}`, text)]);
  return found.slice(1).map((part) => part ?? '');
};

const refuse = (problem: Problem): never => {
  throw new BadInputError([problem]);
};

/** Applies what is asked to models as they fit the data; nothing asked leaves them as they are. */
export const readWhatIf = (
  models: Models,
  hours: HoursInUse,
  request: Pick<PlanRequest, Field | 'handleTimeSeconds'>,
): WhatIf => {
  const { handleTimeSeconds: seconds = nothingAsked.handleTimeSeconds } = request;
  const asked: WhatIfAsked[] =
    seconds === nothingAsked.handleTimeSeconds ? [] : [{ what: 'handle-time-seconds', seconds }];
  const { templates } = models.shifts;
  let shifts: readonly Template[] = templates;
  for (const text of request.latestStart ?? []) {
    const [key = '', latest = ''] = partsOf('latestStart', text);
    const template = templateNamed(shifts, 'latestStart', key);
    refuseBackwards('latestStart', text, template.earliestStart, latest);
    asked.push({ what: 'latest-start', name: template.name, before: template.latestStart, after: latest });
    shifts = shifts.map((each) => (each === template ? { ...template, latestStart: latest } : each));
  }
  for (const text of request.dropShift ?? []) {
    const template = templateNamed(shifts, 'dropShift', partsOf('dropShift', text)[0] ?? '');
    if (shifts.length === 1) refuse(planningProblem('dropShift', 'what-if-no-shift-left', text));
    asked.push({ what: 'drop-shift', name: template.name });
    shifts = shifts.filter((each) => each !== template);
  }
  for (const text of request.addShift ?? []) {
    const [key = '', from = '', until = ''] = partsOf('addShift', text);
    const addedTo = templateNamed(templates, 'addShift', key);
    const to = until === '' ? from : until;
    refuseBackwards('addShift', text, from, to);
    const added = addedShift(addedTo, from, to, new Set(shifts.map(({ template }) => template)));
    asked.push({ what: 'add-shift', name: added.name, hours: addedTo.hours });
    shifts = [...shifts, added];
  }
  const people = (request.people ?? []).map((text) => {
    const [key = '', change = '0'] = partsOf('people', text);
    const found = models.tiers.tiers.find(({ tier }) => tier === key.trim());
    if (found === undefined)
      return refuse(
        planningProblem('people', 'what-if-no-such-tier', text, {
          known: models.tiers.tiers.map(({ tier }) => tier),
        }),
      );
    asked.push({ what: 'people', name: found.name, change: Number(change) });
    return { tier: found.tier, change: Number(change), given: text };
  });
  const week = (request.openingHours ?? []).reduce(withHours, [...hours.week]);
  for (const given of request.openingHours ?? []) asked.push({ what: 'opening-hours', hours: given.trim() });
  const isOtherHours = (request.openingHours ?? []).length > 0;
  const withSettings = (models: Models): Models => ({
    ...models,
    ...(shifts === templates ? {} : { shifts: { ...models.shifts, templates: [...shifts] } }),
    ...(isOtherHours ? { hotline: { ...models.hotline, openingHours: week } } : {}),
  });
  return {
    asked,
    models: withSettings(models),
    withSettings,
    hours: isOtherHours ? { ...hours, source: 'stated', week } : hours,
    withPeople: (recorded) =>
      people.reduce<readonly TierPeople[]>((all, { tier, change, given: text }) => {
        const people = all.find((each) => each.tier === tier);
        if (people === undefined || people.operators === 0)
          return refuse(
            planningProblem('people', 'what-if-no-people', text, { known: all.map((each) => each.tier) }),
          );
        const operators = Math.max(0, people.operators + change);
        const weeklyHours = (people.weeklyHours / people.operators) * operators;
        return all.map((each) => (each === people ? { tier, operators, weeklyHours } : each));
      }, recorded),
  };
};

const templateNamed = (
  templates: readonly Template[],
  field: 'latestStart' | 'dropShift' | 'addShift',
  key: string,
): Template =>
  templates.find(({ template }) => template === key.trim()) ??
  refuse(
    planningProblem(field, 'what-if-no-such-shift', key, {
      known: templates.map(({ template }) => template),
    }),
  );

/** A window over midnight is taken for one, as in the settings; of more than twelve hours it is a slip. */
const refuseBackwards = (field: Field, text: string, earliest: string, latest: string): void => {
  if (isBackwards(earliest, latest))
    refuse(planningProblem(field, 'what-if-latest-before-earliest', text, { earliest, latest }));
};

/** A shift like another that starts at other times; its key tells it apart. */
const addedShift = (template: Template, from: string, to: string, taken: ReadonlySet<string>): Template => {
  const base = `${template.template}-${from.replace(':', '')}`;
  let [key, n] = [base, 1];
  while (taken.has(key)) key = `${base}-${(n += 1)}`;
  return {
    ...template,
    template: key,
    name: {
      ...template.name,
      'zh-CN': `${template.name['zh-CN']} ${from}`,
      en: `${template.name.en} ${from}`,
    },
    earliestStart: from,
    latestStart: to,
  };
};

/** A week of which some days, all where none is named, have other hours. */
const withHours = (week: HoursInUse['week'], text: string): HoursInUse['week'] => {
  const [first = '', last = '', from = '', to = '', closed = ''] = partsOf('openingHours', text);
  if (closed === '' && minuteOf(from) === minuteOf(to))
    refuse(planningProblem('openingHours', 'what-if-openingHours', text));
  const [low, high] = first === '' ? [1, 7] : [Number(first), Number(last === '' ? first : last)];
  const isIn = (weekday: number): boolean =>
    low <= high ? weekday >= low && weekday <= high : weekday >= low || weekday <= high;
  const open = closed !== '' ? null : { from, to: minuteOf(to) === 0 ? clockText(dayMinutes) : to };
  return week.map((day, i) => (isIn(i + 1) ? open : day));
};
