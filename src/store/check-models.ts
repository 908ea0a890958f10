import { kernelProblem } from '../kernel/kernel-problems.ts';
import { checkRules } from '../diversion/check-rules.ts';
import { checkWording } from '../diversion/check-wording.ts';
import { type Problem } from '../kernel/errors.ts';
import { planningProblem } from '../planning/planning-problems.ts';
import { storeProblem } from './store-problems.ts';
import { isZone } from '../kernel/time.ts';
import { checkMonitor, checkScorecard } from '../monitoring/check-results.ts';
import type { Models } from '../planning/ports.ts';
import { checkShrinkage } from './check-shrinkage.ts';
import { checkTransfers } from './check-transfers.ts';

type PlacedProblem = Problem & { readonly file: string };

/**
 * What is wrong between model files that are each right by themselves: a tier that answers a queue that does
 * not exist, a queue that nobody answers, a target or prompt that points nowhere, names used twice, prompts
 * whose words or shares cannot be or whose rules clash. Warnings are left out: they stop nothing.
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
    // A prompt that sends callers online is told of by the rules, in words that say what its channel lacks.
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
