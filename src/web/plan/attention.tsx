import { Alert } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

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
