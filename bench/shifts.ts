import { coverByShifts } from '../src/scheduling/cover-by-shifts.ts';
import { solveCover } from '../src/scheduling/solve-cover.ts';
import { hasCoverInstances, readCoverInstance } from '../tests/support/cover-instance.ts';
import { evaluateShifts } from '../tests/support/evaluate-shifts.ts';
import { weekOfFamily } from '../tests/support/shift-family.ts';

/**
 * How near to their proved bound are shifts, and how long does the search take? A hundred weeks as planners have them
 * (tests/support/shift-family.ts), each answer evaluated from its lines alone, and the reference's cover instances where
 * they lie beside the repository. Seconds of processor time, all threads.
 *
 * node bench/shifts.ts [first seed] [last seed]
 */
const [first = 1, last = 100] = process.argv.slice(2).map(Number);

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
interface Row {
  readonly name: string;
  readonly cost: number;
  readonly gap: number;
  readonly seconds: number;
}
const groups = { 'like the demo': [] as Row[], wide: [] as Row[], reference: [] as Row[] };
const note = (group: keyof typeof groups, row: Row, wrong: readonly string[] = []): void => {
  groups[group].push(row);
  console.log(
    `${row.name.padEnd(64)} cost ${row.cost.toFixed(2).padStart(12)} gap ${(100 * row.gap).toFixed(2).padStart(5)} % ${row.seconds.toFixed(2).padStart(6)} s ${wrong.join('; ')}`,
  );
};

for (let seed = first; seed <= last; seed += 1) {
  const { name, isDemoLike, request } = weekOfFamily(seed);
  const started = cpuSeconds();
  const plan = await coverByShifts(request);
  const seconds = cpuSeconds() - started;
  const { cost, broken } = evaluateShifts(request, plan);
  const wrong =
    Math.abs(cost - plan.cost) > 1e-6 * cost ? [...broken, `costs ${cost}, says ${plan.cost}`] : broken;
  note(
    isDemoLike ? 'like the demo' : 'wide',
    { name: `${seed} ${name}`, cost, gap: plan.gap, seconds },
    wrong,
  );
}
for (const name of hasCoverInstances ? ['cover_60_t1', 'cover_400_t1', 'cover_200_t3'] : []) {
  const { problems, links } = readCoverInstance(name);
  const started = cpuSeconds();
  const { cost, bound } = await solveCover(problems, links, { gap: 0.02, seed: 1, rounds: 12 });
  note('reference', { name, cost, gap: cost / bound - 1, seconds: cpuSeconds() - started });
}
for (const [group, rows] of Object.entries(groups)) {
  if (rows.length === 0) continue;
  const spread = (of: (row: Row) => number): string => {
    const sorted = rows.map(of).toSorted((a, b) => a - b);
    return [0.5, 0.9, 1].map((q) => sorted[Math.ceil(q * sorted.length) - 1]?.toFixed(2)).join(' / ');
  };
  console.log(
    `${group}: ${rows.length}; median / ninth decile / worst: gap ${spread(({ gap }) => 100 * gap)} %, ${spread(({ seconds }) => seconds)} s`,
  );
}
