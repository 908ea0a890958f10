import { Alert } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { planHours } from '../../render/plan-changes.ts';
import { daysBeyondData, farDays, type Shortage, shortageOf } from '../../render/shortages.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** The week lies far from the last data. */
export const FarFromData = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const days = daysBeyondData(plan);
  if (days < farDays) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={say('attention.far', { n: days, last: format.date(plan.history.lastDate) })}
      description={say('attention.farWords')}
    />
  );
};

/** Where people are missing, and why. */
export const Short = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const shortage = shortageOf(plan);
  const { openHours, intervals, standInHours, worst } = shortage;
  if (worst === undefined && plan.relaxed.length === 0) return null;
  const tier = plan.tiers.find((each) => each.tier === worst?.tier);
  return (
    <Alert
      type="warning"
      showIcon
      title={
        worst === undefined
          ? say('attention.relaxed', { n: plan.relaxed.length })
          : say('attention.short', {
              open: format.hours(openHours),
              standIns: format.hours(standInHours),
              intervals: format.count(intervals),
              all: format.count(shortage.open),
              at: format.moment(worst.start),
              tier: tier === undefined ? worst.tier : tell(tier.name),
              n: format.decimal(worst.operators),
            })
      }
      description={
        <>
          {worst !== undefined && <ShortageTable plan={plan} shortage={shortage} />}
          {plan.relaxed.length > 0 && (
            <details>
              <summary>{say('attention.why')}</summary>
              <ul>
                {plan.relaxed.map((rule) => (
                  <li key={tell(rule)}>{tell(rule)}</li>
                ))}
              </ul>
            </details>
          )}
        </>
      }
    />
  );
};

/** What is beyond the requirement and whether it can go; how far the search for shifts is from its bound. */
export const SpareHours = ({ plan }: { readonly plan: PlanDocument }) => {
  const { tell } = useSpeech();
  const said = planHours(plan);
  return said.length === 0 ? null : (
    <Alert
      type="info"
      showIcon
      title={said.map((each) => (
        <div key={each.code}>{tell(each)}</div>
      ))}
    />
  );
};

/** Queues that simulation finds under their targets. */
export const NotProved = ({ plan }: { readonly plan: PlanDocument }) => {
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

/** What planners adjusted in the forecast. */
export const Overruled = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  if (plan.overrules.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={say('attention.overruled', { n: plan.overrules.length })}
      description={plan.overrules
        .map((rule) => {
          const change =
            rule.factor === null ? format.count(rule.calls) : `${format.points(rule.factor - 1, 0)}%`;
          return `${format.day(rule.date)} ${rule.from ?? ''} ${change} · ${rule.reason} (${rule.author})`;
        })
        .join(say('list.semicolon'))}
    />
  );
};

/** Who is short where: operator-hours by tier and day, and the moment at which most are short. */
const ShortageTable = ({ plan, shortage }: { readonly plan: PlanDocument; readonly shortage: Shortage }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const short = shortage.tiers.filter((tier) => tier.worst !== undefined);
  const nameOf = (key: string): string => {
    const tier = plan.tiers.find((each) => each.tier === key);
    return tier === undefined ? key : tell(tier.name);
  };
  const hours = (value: number | undefined): string =>
    value === undefined || value < 0.05 ? noFigure : format.decimal(value);
  return (
    <PlainTable
      label={say('attention.table')}
      rows={short}
      keyOf={(tier) => tier.tier}
      columns={[
        [say('attention.table'), 'text', (tier) => nameOf(tier.tier)],
        ...plan.days.map((day, i): Column<Shortage['tiers'][number]> => [
          format.day(day.date),
          'number',
          (tier) => hours(tier.dayOpenHours[i]),
        ]),
        [say('operators.week'), 'number', (tier) => hours(tier.openHours)],
        [
          say('attention.worst'),
          'text',
          ({ worst }) =>
            worst === undefined
              ? noFigure
              : say('attention.worstAt', {
                  at: format.moment(worst.start),
                  n: format.decimal(worst.operators),
                }),
          { wide: true },
        ],
      ]}
    />
  );
};

type Proof = NonNullable<PlanDocument['proof']>;
type ProofRate = Proof['connectionRate'];
interface ProofRow {
  readonly key: string;
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
export const ProofPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const { proof } = plan;
  const columns = useColumns(plan);
  if (proof === undefined || proof === null) return null;
  const rows: ProofRow[] = [
    ...proof.queues.map((queue) => {
      const known = plan.queues.find((each) => each.queue === queue.queue);
      return { ...queue, key: queue.queue, name: known === undefined ? queue.queue : tell(known.name) };
    }),
    { ...proof, key: '', name: say('proof.whole') },
  ];
  return (
    <Panel title={say('proof.title')} note={say('proof.note', { n: proof.replications })}>
      <PlainTable label={say('proof.title')} rows={rows} keyOf={(row) => row.key} columns={columns} />
      <Explanations plan={plan} proof={proof} />
    </Panel>
  );
};

const useColumns = (plan: PlanDocument): Column<ProofRow>[] => {
  const { say } = useSpeech();
  const format = useFormat();
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
  const { say } = useSpeech();
  const format = useFormat();
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
  const { say } = useSpeech();
  const format = useFormat();
  const gaps = outsideSimulation(plan);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  const ofQueues = proof.queues.reduce((sum, queue) => sum + queue.intervalsUnderTarget, 0);
  return (
    <ul className="note">
      <li>
        {say('proof.counts', {
          queues: format.count(ofQueues),
          week: format.count(proof.intervalsUnderTarget),
          topped: format.count(proof.toppedUp.intervals),
          hours: format.decimal(proof.toppedUp.operatorHours),
        })}
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
