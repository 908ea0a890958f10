import type { HotlineModel } from '../contract/models/hotline-model.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import { checkRules, checkWording } from '../diversion/check-prompts-model.ts';
import type { Problem } from '../kernel/errors.ts';
import { kernelProblem } from '../kernel/kernel-findings.ts';
import { findCycle } from '../kernel/find-cycle.ts';
import { fullestShrinkage, mostShrinkage } from '../kernel/shrinkage.ts';
import { clockText } from '../kernel/time-window.ts';
import { isZone } from '../kernel/time.ts';
import { checkMonitor, checkScorecard } from '../monitoring/check-results.ts';
import { planningProblem } from '../planning/planning-findings.ts';
import type { Models } from '../planning/ports.ts';
import { storeProblem } from './store-problems.ts';

type PlacedProblem = Problem & { readonly file: string };

/**
 * What is wrong between model files that are each valid: unknown queues, tiers, targets or prompts, queues nobody
 * answers, names used twice, impossible shares, prompt rules that clash. Warnings are left out.
 */
export const checkModels = (models: Models): readonly PlacedProblem[] => [
  ...checkHotline(models),
  ...checkTiers(models),
  ...checkPrompts(models),
  ...checkScorecard(models.scorecard).map((problem) => place('scorecards', problem)),
  ...checkMonitor(models.monitor).map((problem) => place('monitors', problem)),
];

const place = (file: string, problem: Problem): PlacedProblem => ({ ...problem, file });

const checkHotline = ({ hotline, targets }: Models): PlacedProblem[] => {
  const queues = hotline.queues.map((q) => q.queue);
  const found = repeated(queues, 'queues').map((problem) => place('hotline.json', problem));
  found.push(...checkTransfers(hotline).map((problem) => place('hotline.json', problem)));
  if (!isZone(hotline.zone)) found.push(place('hotline.json', unknownZone(hotline.zone)));
  for (const queue of Object.keys(targets.queues))
    if (!queues.includes(queue))
      found.push(place('targets.json', unknownName(`queues.${queue}`, queue, queues)));
  return found;
};

const checkTiers = ({ hotline, tiers }: Models): PlacedProblem[] => {
  const queues = hotline.queues.map((q) => q.queue);
  const found = repeated(
    tiers.tiers.map((t) => t.tier),
    'tiers',
  );
  tiers.tiers.forEach((tier, i) => {
    tier.queues.forEach(({ queue }, j) => {
      if (!queues.includes(queue)) found.push(unknownName(`tiers.${i}.queues.${j}.queue`, queue, queues));
    });
  });
  const answered = new Set(tiers.tiers.flatMap((tier) => tier.queues.map((q) => q.queue)));
  for (const queue of queues) if (!answered.has(queue)) found.push(unansweredQueue(queue));
  tiers.tiers.forEach(({ shrinkage }, i) => {
    if (typeof shrinkage === 'number') return;
    const kinds = shrinkage.map(({ kind }) => kind);
    found.push(...repeated(kinds, `tiers.${i}.shrinkage`));
  });
  found.push(...checkShrinkage(tiers));
  return found.map((problem) => place('tiers.json', problem));
};

const checkPrompts = ({ prompts }: Models): PlacedProblem[] => {
  const channels = prompts.channels.map((c) => c.channel);
  const found = [
    ...repeated(
      prompts.prompts.map((p) => p.prompt),
      'prompts',
    ),
    ...repeated(channels, 'channels'),
  ];
  prompts.prompts.forEach(({ channel, response }, i) => {
    // A prompt that sends callers online is checked by the rules, which say what its channel lacks.
    if (channel !== undefined && !channels.includes(channel) && response.onlineShare === 0)
      found.push(unknownName(`prompts.${i}.channel`, channel, channels));
  });
  found.push(...checkRules(prompts), ...checkWording(prompts).filter(({ severity }) => severity === 'error'));
  return found.map((problem) => place('prompts.json', problem));
};

const repeated = (names: readonly string[], path: string): Problem[] =>
  names.flatMap((name, i) =>
    names.indexOf(name) === i ? [] : [storeProblem(`${path}.${i}`, 'name-used-twice', name)],
  );

const unknownName = (path: string, value: string, known: readonly string[]): Problem =>
  planningProblem(path, 'unknown-name', value, { known });

const unknownZone = (zone: string): Problem => kernelProblem('zone', 'unknown-zone', zone);

const unansweredQueue = (queue: string): Problem => storeProblem('tiers', 'queue-without-tier', queue);

/** What is wrong with the kinds of a tier's shrinkage: half a window or none, or too much at once. */
const checkShrinkage = ({ tiers }: TiersModel): readonly Problem[] =>
  tiers.flatMap(({ shrinkage }, t): Problem[] => {
    if (typeof shrinkage === 'number') return [];
    const path = `tiers.${t}.shrinkage`;
    const problems = shrinkage.flatMap(({ from, to }, j): Problem[] => [
      ...((from === undefined) === (to === undefined) ? [] : [halfWindow(`${path}.${j}`, from ?? to ?? '')]),
      ...(from !== undefined && from === to ? [emptyWindow(`${path}.${j}`, from)] : []),
    ]);
    const { share, weekday, minute } = fullestShrinkage(shrinkage);
    return share > mostShrinkage + 1e-9 ? [...problems, tooMuch(path, share, weekday + 1, minute)] : problems;
  });

const halfWindow = (path: string, value: string): Problem => storeProblem(path, 'half-a-window', value);

const emptyWindow = (path: string, value: string): Problem =>
  storeProblem(path, 'empty-window', `${value}–${value}`);

const tooMuch = (path: string, share: number, weekday: number, minute: number): Problem => {
  const clock = clockText(minute);
  return storeProblem(path, 'shrinkage-above-nine-tenths', Number(share.toFixed(6)), { weekday, clock });
};

/** What is wrong with a queue's transfers: an unknown queue, the queue itself, a circle, or shares above 1. */
export const checkTransfers = ({ queues }: HotlineModel): readonly Problem[] => {
  const names = queues.map(({ queue }) => queue);
  const problems: Problem[] = [];
  queues.forEach(({ transfers }, q) => {
    const sharings = transfers ?? [];
    sharings.forEach(({ toQueue }, j) => {
      if (!names.includes(toQueue))
        problems.push(unknownTarget(`queues.${q}.transfers.${j}.toQueue`, toQueue, names));
    });
    const share = sharings.reduce((sum, way) => sum + way.share, 0);
    if (share > 1 + 1e-9) problems.push(sharesAboveOne(`queues.${q}.transfers`, share));
  });
  const ways = queues.flatMap(({ queue, transfers }) =>
    (transfers ?? []).map(({ toQueue }) => ({ from: queue, to: toQueue })),
  );
  const circle = findCycle(ways);
  if (circle !== undefined)
    problems.push(inCircle(`queues.${names.indexOf(circle[0] ?? '')}.transfers`, circle));
  return problems;
};

const unknownTarget = (path: string, value: string, names: readonly string[]): Problem =>
  planningProblem(path, 'unknown-name', value, { known: names });

const sharesAboveOne = (path: string, share: number): Problem =>
  storeProblem(path, 'transfer-shares-above-one', Number(share.toFixed(6)));

const inCircle = (path: string, circle: readonly string[]): Problem =>
  kernelProblem(path, 'transfer-circle', circle.join(' → '), { toItself: circle.length === 2 });
