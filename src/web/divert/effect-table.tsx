import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat, type Format } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { dayCurve, type DayAnswer } from './project-scenario.ts';

/** Lowest share within the threshold among intervals with at least five calls; null without one. */
export const worstLevel = (outcome: Outcome): number | null => {
  const { offered, level } = dayCurve(outcome);
  const known = level.filter((each, i): each is number => each !== null && (offered[i] ?? 0) >= 5);
  return known.length === 0 ? null : Math.min(...known);
};

type Line = readonly [string, (outcome: Outcome, format: Format) => string];

/** The day's figures without prompts, with them, and at half and double the take-up. */
export const EffectTable = ({
  plan,
  answer,
  half,
  double,
}: {
  readonly plan: PlanDocument;
  readonly answer: DayAnswer;
  readonly half: Outcome;
  readonly double: Outcome;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const lines: readonly Line[] = [
    [say('figure.connectionRate'), (o) => format.percent(connectionRate(totalOutcome(o)))],
    [
      say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
      (o) => format.percent(serviceLevels(totalOutcome(o)).ofOffered),
    ],
    [say('effect.worst', { n: plan.answerTimeThresholdSeconds }), (o) => format.percent(worstLevel(o))],
    [say('effect.speed'), (o) => format.seconds(averageSpeedOfAnswer(totalOutcome(o)))],
    [say('effect.occupancy'), (o) => format.percent(occupancy(o))],
    [say('effect.abandoned'), (o) => format.decimal(totalOutcome(o).abandoned)],
    [say('effect.online'), (o) => format.decimal(totalOutcome(o).divertedOnline)],
    [say('effect.deferred'), (o) => format.decimal(totalOutcome(o).deferred)],
  ];
  const outcomes = { before: answer.before, after: answer.after, half, double };
  const column = (key: keyof typeof outcomes, head: string) => ({
    key,
    head,
    numeric: true,
    cell: (line: Line) => line[1](outcomes[key], format),
  });
  return (
    <PlainTable
      label={say('divert.effect')}
      rows={lines}
      keyOf={(line) => line[0]}
      columns={[
        { key: 'measure', head: say('effect.measure'), cell: (line) => line[0] },
        column('before', say('effect.before')),
        column('after', say('effect.after')),
        column('half', say('effect.half')),
        column('double', say('effect.double')),
      ]}
    />
  );
};
