import type { LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { daysOffAfter, fewestInARow, mostInARow, oneValueAWeek, sequence } from './row-machines.ts';
import { optionsWhere, priceOf, type LineDraft, type RuleScene } from './rule-scene.ts';

const working = ({ options }: RuleScene): boolean[] =>
  Array.from({ length: options }, (_, option) => option > 0);
const daysOff = ({ options }: RuleScene): boolean[] =>
  Array.from({ length: options }, (_, option) => option === 0);
const nights = (scene: RuleScene): readonly boolean[] =>
  optionsWhere(scene, (shift) => scene.problem.shifts[shift]?.isNight === true);

/** Rules about the order of a person's days. */
export const orderRules = {
  'minimum-rest': {
    line: (rule: LabourRuleOf<'minimum-rest'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      draft.machine(`rest ${rule.hours} ${rule.price}`, () =>
        sequence(draft.scene.options, (before, after, off) => {
          const ended = (shifts[before - 1]?.startMinute ?? 0) + (shifts[before - 1]?.lengthMinutes ?? 0);
          const rest = (1 + off) * 1440 + (shifts[after - 1]?.startMinute ?? 0) - ended;
          const missing = rule.hours * 60 - rest;
          return missing > 0 ? (priceOf(rule) * missing) / 60 : 0;
        }),
      );
    },
  },
  'forbidden-sequence': {
    line: (rule: LabourRuleOf<'forbidden-sequence'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      const forbidden = new Set(rule.pairs.map((pair) => JSON.stringify(pair)));
      draft.machine(`sequence ${[...forbidden].join()} ${rule.price}`, () =>
        sequence(draft.scene.options, (before, after, off) => {
          const pair = JSON.stringify([shifts[before - 1]?.shift, shifts[after - 1]?.shift]);
          return off === 0 && forbidden.has(pair) ? priceOf(rule) : 0;
        }),
      );
    },
  },
  'most-days-in-a-row': {
    line: (rule: LabourRuleOf<'most-days-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`most days ${rule.days} ${rule.price}`, () =>
        mostInARow(working(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'fewest-days-in-a-row': {
    line: (rule: LabourRuleOf<'fewest-days-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`fewest days ${rule.days} ${rule.price}`, () =>
        fewestInARow(working(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'fewest-days-off-in-a-row': {
    line: (rule: LabourRuleOf<'fewest-days-off-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`fewest off ${rule.days} ${rule.price}`, () =>
        fewestInARow(daysOff(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'most-nights-in-a-row': {
    line: (rule: LabourRuleOf<'most-nights-in-a-row'>, draft: LineDraft): void =>
      draft.machine(`most nights ${rule.nights} ${rule.price}`, () =>
        mostInARow(nights(draft.scene), rule.nights, priceOf(rule)),
      ),
  },
  'days-off-after-nights': {
    line: (rule: LabourRuleOf<'days-off-after-nights'>, draft: LineDraft): void =>
      draft.machine(`off after nights ${rule.days} ${rule.price}`, () =>
        daysOffAfter(nights(draft.scene), rule.days, priceOf(rule)),
      ),
  },
  'same-start-in-week': {
    line: (rule: LabourRuleOf<'same-start-in-week'>, draft: LineDraft): void => {
      const { shifts } = draft.scene.problem;
      const starts = [...new Set(shifts.map(({ startMinute }) => startMinute))];
      const valueOf = [undefined, ...shifts.map(({ startMinute }) => starts.indexOf(startMinute))];
      draft.machine(`same start ${rule.price}`, () => oneValueAWeek(valueOf, starts.length, priceOf(rule)));
    },
  },
};
