import type { RosterCheckDocument } from '../contract/documents/roster-document.ts';
import { ingestDuties } from '../ingest/kinds/ingest-duties.ts';
import type { ByteSource } from '../ingest/tables/byte-source.ts';
import { BadInputError } from '../kernel/errors.ts';
import { dayNumber } from '../kernel/time.ts';
import type { Ports } from './ports.ts';
import { kindOfDuty } from './roster/rostered-people.ts';
import { rosterProblem } from './roster/roster-findings.ts';
import { rosterInputs } from './roster/roster-inputs.ts';
import { rosterOf, writeRoster } from './roster/write-roster.ts';

/** Judges a roster file rule by rule and against the duties of its days; nothing is stored. */
export const checkRoster = async (
  ports: Pick<Ports, 'store' | 'models' | 'nowMillis' | 'unpacker'>,
  sources: readonly ByteSource[],
  rules: string | undefined,
): Promise<RosterCheckDocument> => {
  const { hotline } = ports.models;
  const { records, report } = await ingestDuties(sources, {
    zone: hotline.zone,
    now: ports.nowMillis,
    unpacker: ports.unpacker,
    absent: 'auto',
    skipBadRows: false,
    answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
    shortAbandonSeconds: hotline.shortAbandonSeconds,
    intervalMinutes: hotline.intervalMinutes,
    openingHours: hotline.openingHours,
    attribution: 'arrival',
  });
  const from = report.firstDate ?? '';
  const days = dayNumber(report.lastDate ?? from) - dayNumber(from) + 1;
  const inputs = await rosterInputs(ports, { from, days, rules });
  const persons = new Map(inputs.problem.people.map((person) => [person.person, person]));
  const worked = records.filter(({ shift }) => shift !== 'off');
  const known = inputs.kinds.map(({ shift }) => shift);
  const problems = worked.flatMap((duty) => {
    const path = `roster.${duty.operator}.${duty.date}`;
    if (!persons.has(duty.operator)) return [rosterProblem(path, 'operator-not-known', duty.operator)];
    return kindOfDuty(duty, inputs.kinds) >= 0
      ? []
      : [rosterProblem(path, 'shift-not-known', duty.shift, { known })];
  });
  if (problems.length > 0) throw new BadInputError(problems);
  const duties = worked.map((duty) => ({
    operator: duty.operator,
    date: duty.date,
    shift: inputs.kinds[kindOfDuty(duty, inputs.kinds)]?.shift ?? duty.shift,
    start: duty.start ?? '',
    end: duty.end ?? '',
    tier: duty.tier ?? ownTier(persons.get(duty.operator)?.tiers, inputs.problem.tiers),
    pinned: duty.pinned === true,
  }));
  const written = writeRoster({
    inputs,
    roster: rosterOf(inputs, duties),
    duties,
    bound: undefined,
    moreAway: [],
    cycle: null,
    id: '',
    createdAt: '',
    seed: 0,
    notices: [],
  });
  return {
    document: 'roster-check',
    version: 1,
    from: written.from,
    to: written.to,
    duties: duties.length,
    broken: written.broken,
    uncovered: written.uncovered.map(({ date, shift, tier, operators, hours }) => ({
      date,
      shift,
      tier,
      operators,
      hours,
    })),
    cost: written.cost,
  };
};

/** Anyone who is given no tier serves their own, which is the highest that they may serve. */
const ownTier = (tiers: readonly number[] | undefined, names: readonly string[]): string =>
  names[Math.max(...(tiers ?? [0]))] ?? '';
