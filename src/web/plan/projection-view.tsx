import { Button, Alert } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { targetsHeld } from '../../contract/shortages.ts';
import { apiAddress } from '../api/call-api.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { shownParts, noFigure } from '../../words/figures.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { levelOfAll, WhyLink } from './day-table.tsx';

/** What callers and the monitor will meet, and whether simulation bears it out. */
export const ProjectionView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <NotProved plan={plan} />
    <HeatStrip plan={plan} />
    <ProofPanel plan={plan} />
    <ScorePanel plan={plan} />
    <TransfersPanel plan={plan} />
  </>
);

/** Parts of a score as printed, in what each brings: they add up to the total as it is printed. */
const scoreParts = ({
  indicators,
  score,
}: {
  readonly indicators: readonly PlanDocument['monitoring']['indicators'][number][];
  readonly score: Pick<PlanDocument['monitoring']['score'], 'mean'>;
}) => {
  // The weights of what is known are scaled up to one.
  const known = indicators.reduce((sum, { weight, points }) => sum + (points === null ? 0 : weight), 0);
  const brought = shownParts(
    indicators.map(({ weight, points }) => (points === null ? null : (weight * points) / known)),
    score.mean,
  );
  return indicators.map((each, i) => ({ ...each, contribution: brought[i] ?? null }));
};

const ScorePanel = ({ plan: { monitoring } }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const { mean } = monitoring.score;
  const parts = scoreParts(monitoring);
  return (
    <Panel title={say('why.score')}>
      <PlainTable
        snug
        rows={[
          ...parts.map(({ name, ...part }) => ({ ...part, name: tell(name) })),
          ...(mean === null
            ? []
            : [{ name: say('why.total'), weight: null, points: null, contribution: mean }]),
        ]}
        columns={[
          [say('why.indicator'), 'text', ({ name }) => name],
          [say('why.weight'), 'share:0', ({ weight }) => weight],
          [say('why.points'), 'number', ({ points }) => points],
          [say('why.contribution'), 'number', ({ contribution }) => contribution],
        ]}
      />
    </Panel>
  );
};

type Row = NonNullable<PlanDocument['transfers']>[number];

/** Calls that operators hand on to an expert or a department's desk; nothing where none are. */
const TransfersPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  if (plan.transfers === undefined) return null;
  const columns: Column<Row>[] = [
    [say('transfers.way'), 'text', (row) => `${tell(row.fromName)} → ${tell(row.toName)}`],
    [say('transfers.share'), 'share', (row) => row.share],
    [say('transfers.first'), 'text', (row) => say(row.holding ? 'transfers.holds' : 'transfers.letsGo')],
    [say('transfers.calls'), 'number:0', (row) => row.calls],
    [say('transfers.wait'), 'number', (row) => row.averageWaitSeconds],
    [say('transfers.lost'), 'share', (row) => row.abandonedShare],
  ];
  return (
    <Panel title={say('transfers.title')} note={say('transfers.note')}>
      <PlainTable rows={plan.transfers} columns={columns} />
    </Panel>
  );
};

/** Prompts that the plan plays, what they bring, and the sheet for the switchboard. */
export const PromptsTable = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell, language, format } = useSpeech();
  const queueName = (key: string): string => {
    const queue = plan.queues.find((each) => each.queue === key);
    return queue === undefined ? key : tell(queue.name);
  };
  const gain =
    plan.withoutPrompts === null
      ? undefined
      : say('prompts.gain', {
          before: format.percent(plan.withoutPrompts.serviceLevel),
          after: format.percent(plan.total.serviceLevel.mean),
          n: format.count(plan.total.callersDiverted),
          seconds: plan.answerTimeThresholdSeconds,
        });
  return (
    <Panel
      title={say('prompts.title')}
      note={plan.prompts.length === 0 ? say('prompts.none') : gain}
      actions={
        <span className="row no-print">
          <Button href={placeHref('divert', { plan: plan.id })}>{say('prompts.try')}</Button>
          <Button href={apiAddress('switchboardSheet', { plan: plan.id }, { language })} download>
            {say('prompts.sheet')}
          </Button>
        </span>
      }
    >
      {plan.prompts.length > 0 && (
        <PlainTable
          stacks
          rows={plan.prompts}
          columns={[
            [say('day.day'), 'text', (span) => format.day(span.date)],
            [say('prompts.time'), 'text', (span) => `${span.from}–${span.to}`],
            [say('calls.queue'), 'text', (span) => queueName(span.queue)],
            [say('prompts.prompt'), 'text', (span) => tell(span.name)],
            [say('prompts.diverted'), 'number:0', (span) => span.callersDiverted],
            [say('prompts.words'), 'text', (span) => tell(span.announcement), { wide: true }],
          ]}
        />
      )}
    </Panel>
  );
};

const steps = [0.5, 0.65, 0.8, 0.9, 0.95] as const;

/** How well an interval does, from 0 (worst) to 5. */
const heatOf = (level: number): number => steps.filter((step) => level >= step).length;

/** The projected 15-second rate, day by day and hour by hour: where the week is thin. */
const HeatStrip = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, format } = useSpeech();
  const levels = levelOfAll(plan);
  const clocks = [...new Set(plan.starts.map((start) => start.slice(11)))].sort();
  const at = new Map(plan.starts.map((start, i) => [start, levels[i] ?? null]));
  return (
    <Panel
      title={say('heat.title', { n: plan.answerTimeThresholdSeconds })}
      note={say('heat.note')}
      actions={<HeatLegend />}
    >
      <div
        className="scroll"
        tabIndex={0}
        role="group"
        aria-label={say('heat.title', { n: plan.answerTimeThresholdSeconds })}
      >
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">{say('day.day')}</th>
              {clocks.map((clock) => (
                <th key={clock} scope="col">
                  {clock.endsWith(':00') ? clock.slice(0, 2) : <span className="hidden">{clock}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {plan.days.map((day) => (
              <tr key={day.date}>
                <th scope="row">{format.day(day.date)}</th>
                {clocks.map((clock) => {
                  const level = at.get(`${day.date}T${clock}`) ?? null;
                  return (
                    <td
                      key={clock}
                      className={level === null ? 'none' : `heat${heatOf(level)}`}
                      title={`${format.day(day.date)} ${clock} · ${format.percent(level)}`}
                    >
                      {level === null ? (
                        noFigure
                      ) : (
                        <WhyLink start={`${day.date}T${clock}`}>{Math.round(level * 100)}</WhyLink>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
};

const HeatLegend = () => {
  const { format } = useSpeech();
  return (
    <span className="legend" aria-hidden="true">
      <span className="heat0">&lt;{format.percent(steps[0], 0)}</span>
      {steps.map((step, i) => (
        <span key={step} className={`heat${i + 1}`}>
          ≥{format.percent(step, 0)}
        </span>
      ))}
    </span>
  );
};

/** Queues that simulation finds under their targets. */
const NotProved = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const failing = (plan.proof?.queues ?? []).filter(
    (queue) => queue.connectionRate.holds === false || queue.serviceLevel.holds === false,
  );
  if (failing.length === 0) return null;
  const names = failing.map((queue) => {
    const known = plan.queues.find((each) => each.queue === queue.queue);
    return known === undefined ? queue.queue : tell(known.name);
  });
  return (
    <Alert
      type="error"
      showIcon
      title={say('attention.notProved', { queues: names.join(say('list.comma')) })}
      description={outsideSimulation(plan).length > 0 ? say('attention.seeProof') : undefined}
    />
  );
};

type Proof = NonNullable<PlanDocument['proof']>;
type ProofRate = Proof['connectionRate'];
interface ProofRow {
  readonly name: string;
  readonly connectionRate: ProofRate;
  readonly serviceLevel: ProofRate;
  readonly intervalsUnderTarget: number;
}

/** Simulated less formula, where the formula lies outside the simulation's 95 % interval; else 0. */
export const formulaGap = ({ analytic, simulated, halfWidth }: ProofRate): number =>
  analytic === null || simulated === null || Math.abs(simulated - analytic) <= (halfWidth ?? 0)
    ? 0
    : simulated - analytic;

/** The gaps of all queues' rates that simulation does not bear out. */
const outsideSimulation = (plan: Pick<PlanDocument, 'proof'>): number[] =>
  (plan.proof?.queues ?? [])
    .flatMap((queue) => [formulaGap(queue.connectionRate), formulaGap(queue.serviceLevel)])
    .filter((gap) => gap !== 0);

/** The plan lived through by simulated calls: whether the targets hold, queue by queue, beside the formula. */
const ProofPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const { proof } = plan;
  const columns = useColumns(plan);
  if (proof === undefined || proof === null) return null;
  const rows: ProofRow[] = [
    ...proof.queues.map((queue) => {
      const known = plan.queues.find((each) => each.queue === queue.queue);
      return { ...queue, name: known === undefined ? queue.queue : tell(known.name) };
    }),
    { ...proof, name: say('proof.whole') },
  ];
  return (
    <Panel title={say('proof.title')} note={say('proof.note', { n: proof.replications })}>
      <PlainTable rows={rows} columns={columns} />
      <Explanations plan={plan} proof={proof} />
    </Panel>
  );
};

const useColumns = (plan: PlanDocument): Column<ProofRow>[] => {
  const { say, format } = useSpeech();
  const rate = (name: 'connectionRate' | 'serviceLevel', head: string): Column<ProofRow>[] => [
    [`${head} · ${say('proof.target')}`, 'share:0', (row) => row[name].target],
    [say('proof.simulated'), 'number', (row) => <Simulated rate={row[name]} />],
    [say('proof.formula'), 'share', (row) => row[name].analytic],
  ];
  return [
    [say('calls.queue'), 'text', (row) => row.name],
    ...rate('connectionRate', say('figure.connectionRate')),
    ...rate('serviceLevel', say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds })),
    [
      say('proof.under'),
      'number',
      (row) => `${format.count(row.intervalsUnderTarget)} / ${format.count(plan.proof?.intervals)}`,
    ],
  ];
};

const Simulated = ({ rate }: { readonly rate: ProofRate }) => {
  const { say, format } = useSpeech();
  if (rate.simulated === null) return noFigure;
  const word = rate.holds === null ? 'open' : rate.holds ? 'holds' : 'fails';
  return (
    <>
      {format.percent(rate.simulated)} ± {format.decimal((rate.halfWidth ?? 0) * 100)}
      {rate.target !== null && <small className={`under ${word}`}>{say(`proof.${word}`)}</small>}
    </>
  );
};

/** Why the counts differ, and why formula and simulation do. */
const Explanations = ({ plan, proof }: { readonly plan: PlanDocument; readonly proof: Proof }) => {
  const { say, format } = useSpeech();
  const gaps = outsideSimulation(plan);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  const short = targetsHeld(plan).short?.intervals ?? 0;
  const ofQueues = proof.queues.reduce((sum, queue) => sum + queue.intervalsUnderTarget, 0);
  return (
    <ul className="note">
      <li>
        {say('proof.counts', {
          queues: format.count(ofQueues),
          week: format.count(proof.intervalsUnderTarget),
          topped: format.count(proof.toppedUp.intervals),
          hours: format.decimal(proof.toppedUp.operatorHours),
        })}{' '}
        {proof.intervalsUnderTarget < short && say('proof.fewer')}
      </li>
      <li>
        {gaps.length === 0
          ? say('proof.agree')
          : say(mean > 0 ? 'proof.cautious' : 'proof.hopeful', {
              n: gaps.length,
              gap: format.decimal(Math.abs(mean) * 100),
            })}
      </li>
    </ul>
  );
};
