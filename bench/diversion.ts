import { speak } from '../src/words/speak.ts';
import { choosePrompts } from '../src/diversion/choose-prompts.ts';
import type { PromptRequest } from '../src/diversion/prompt-spans.ts';
import type { DiversionAim } from '../src/diversion/diversion-aim.ts';
import { createParallelMap } from '../src/engine/parallel-map.ts';
import { seededRandom, type Random } from '../src/kernel/random.ts';
import { buildPolicy, neverDiverted } from '../src/planning/operation/planned-operation.ts';
import { openIntervals } from '../src/planning/operation/week-horizon.ts';
import { planWeek } from '../src/planning/plan-week.ts';
import { loadPlan } from '../src/planning/operation/stored-plan.ts';
import { learnFromStore } from '../src/planning/history/seen-prompts.ts';
import { withRoster } from '../src/planning/operation/operators-seen.ts';
import { demoWorkspace } from '../tests/support/demo-workspace.ts';
import { costOfChoice, leastCost } from '../tests/support/every-choice.ts';
import { catalogueOf, entry, smallRequest } from '../tests/support/small-world.ts';

/**
 * How near the choice of prompts comes to the best there is, over random small cases tried exhaustively; and how long
 * a week takes: the demo's peak week on the plan's shifts and on the operators that were on duty.
 * Run: node bench/diversion.ts [random cases, 300] [week | cases]
 */
const cases = Number(process.argv[2] ?? 300);
const part = process.argv[3];

const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random.uniform() * (high - low + 1));

/** One queue over up to 12 intervals with one or two prompts, or two queues over 7. */
const randomCase = (random: Random): { readonly request: PromptRequest; readonly maximumOn: number } => {
  const shape = between(random, 0, 2);
  const count = [12, 9, 7][shape] ?? 7;
  const queues = shape === 2 ? ['a', 'b'] : ['a'];
  const peakAt = random.uniform() * count;
  const calls = queues.map(() =>
    Array.from({ length: count }, (_, i) => {
      const height = 20 + 90 * Math.exp(-(((i - peakAt) / 2.5) ** 2)) + 40 * random.uniform();
      return Math.round(height / queues.length);
    }),
  );
  const prompts = [
    entry({
      response: {
        onlineShare: 0.04 + 0.2 * random.uniform(),
        announcementSeconds: between(random, 0, 12),
      },
    }),
    ...(shape === 1
      ? [
          entry({
            prompt: 'short',
            response: {
              onlineShare: 0.02 + 0.1 * random.uniform(),
              announcementSeconds: between(random, 0, 4),
            },
          }),
        ]
      : []),
  ];
  const maximumOn = between(random, 3, count);
  const request = smallRequest({
    calls: Object.fromEntries(queues.map((queue, q) => [queue, calls[q] ?? []])),
    operators: between(random, 5, 14),
    catalogue: catalogueOf(
      prompts,
      { maximumOnMinutesPerDay: 30 * maximumOn, largestDivertedShare: 1 },
      random.uniform() < 0.3 ? between(random, 2, 12) : 1000,
    ),
    redial: 0.6 * random.uniform(),
  });
  return { request, maximumOn };
};

const againstEveryChoice = (): void => {
  const random = seededRandom(20_261_116, 0);
  const excess: number[] = [];
  for (let k = 0; k < cases; k += 1) {
    const { request, maximumOn } = randomCase(random);
    const aim: DiversionAim = k % 2 === 0 ? 'fewest-diverted' : 'best-for-roster';
    const best = leastCost(request, { minimumOn: 2, maximumOn }, aim);
    const chosen = costOfChoice(request, choosePrompts({ ...request, aim }).prompts, aim);
    excess.push(best > 1e-9 ? chosen / best - 1 : chosen - best);
  }
  excess.sort((a, b) => a - b);
  const beyond = excess.filter((e) => e > 0.005).length;
  console.log(
    `${cases} random cases: worst ${(100 * (excess.at(-1) ?? 0)).toFixed(3)} % above the best of all choices, ` +
      `95th percentile ${(100 * (excess[Math.floor(0.95 * cases)] ?? 0)).toFixed(3)} %, ` +
      `${excess.filter((e) => e < 1e-6).length} are the best exactly, ${beyond} beyond 0.5 %`,
  );
};

const peakWeek = async (): Promise<void> => {
  const { ports, close } = await demoWorkspace(undefined, createParallelMap());
  const { id } = await planWeek(ports, { week: '2026-W47', seed: 1 });
  for (const roster of ['planned', 'seen'] as const) {
    const { plan, week, planned } = await loadPlan(ports, id);
    const { models, demand, capacity } = await withRoster(ports.store, planned, week, roster);
    const { catalogue } = await learnFromStore(ports.store, models, week.horizon.startMillis);
    const used = process.cpuUsage();
    const began = performance.now();
    const { spans, reasons } = choosePrompts({
      demand,
      capacity,
      policy: buildPolicy(models.hotline, models.tiers, models.prompts),
      catalogue,
      targets: { ...models.targets, ...plan.targets },
      open: openIntervals(models, week, demand),
      neverDivert: neverDiverted(models),
    });
    const { user, system } = process.cpuUsage(used);
    console.log(
      `2026-W47, ${roster} roster: ${spans.length} stretches in ${((user + system) / 1e6).toFixed(1)} s of one processor ` +
        `(${((performance.now() - began) / 1000).toFixed(1)} s by the clock)`,
    );
    for (const reason of reasons) console.log(`  ${speak('en', 'terminal').say(reason)}`);
  }
  await close();
};

if (part !== 'week') againstEveryChoice();
if (part !== 'cases') await peakWeek();
