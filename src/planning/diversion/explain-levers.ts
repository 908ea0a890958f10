import type { LeversDocument } from '../../contract/documents/levers-document.ts';
import type { LeversModel } from '../../contract/models/levers-model.ts';
import { planningFinding, type PlanningFinding } from '../planning-findings.ts';

type Row = LeversDocument['levers'][number];

/** What a table of levers teaches. */
export const explainLevers = (
  rows: readonly Row[],
  mix: LeversDocument['mix'],
  shortBefore: number,
  targetFrom: LeversDocument['targetFrom'],
): PlanningFinding[] => {
  if (shortBefore < 0.5) return [planningFinding('no-lever-needed')];
  const nothingToMatch = rows.every(({ level }) => level === 0);
  return [
    ...(nothingToMatch
      ? [planningFinding('nothing-for-levers-to-match', { callsShort: shortBefore, targetFrom })]
      : [cheapest(rows), ...outOfReach(rows)]),
    ...bestMix(mix),
  ];
};

const cheapest = (rows: readonly Row[]): PlanningFinding => {
  const [best] = rows
    .flatMap(({ name, reachesTarget, costPerRecovered }) =>
      reachesTarget && costPerRecovered !== null ? [{ lever: name, costPerRecovered }] : [],
    )
    .sort((a, b) => a.costPerRecovered - b.costPerRecovered);
  return best === undefined
    ? planningFinding('no-lever-alone-reaches-target')
    : planningFinding('cheapest-lever', best);
};

const outOfReach = (rows: readonly Row[]): PlanningFinding[] => {
  const levers = rows
    .filter(({ reachesTarget }) => !reachesTarget)
    .map(({ name, callsShort }) => ({ lever: name, callsShort }));
  return levers.length === 0 ? [] : [planningFinding('levers-out-of-reach', { levers })];
};

const bestMix = (mix: LeversDocument['mix']): PlanningFinding[] => {
  if (mix === null || mix.parts.length === 0) return [];
  const { budget, cost, recoveredCallers, callsShort } = mix;
  const parts = mix.parts.map(({ name, level }) => ({ lever: name, level }));
  return [planningFinding('best-mix-found', { budget, parts, cost, recoveredCallers, callsShort })];
};

/** What the table rests on: the settings of models/levers.json, and which of them are assumed. */
export const leverAssumptions = (rows: readonly Row[], settings: LeversModel): PlanningFinding[] => {
  const assumed = rows.filter((row) => row.assumed).map(({ name }) => name);
  return [
    planningFinding('levers-by-formula'),
    planningFinding('lever-limits-and-prices', { settings }),
    ...(assumed.length === 0 ? [] : [planningFinding('lever-settings-assumed', { levers: assumed })]),
  ];
};
