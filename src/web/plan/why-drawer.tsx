import { Button } from 'antd';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import { coveredMinutes, minuteOf } from '../../kernel/time-window.ts';
import { weekdayOf } from '../../kernel/time.ts';
import { callApi } from '../api/call-api.ts';
import { useJobAnswer } from '../ui/change.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { JobView } from '../ui/states.tsx';
import { noFigure } from '../../words/figures.ts';
import { changePlace } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { useShort } from './day-table.tsx';
import { EffectsTable } from './effects-table.tsx';

/** Why an interval needs so many: calls × handle time → load → margins → tiers → shrinkage → people. */
export const WhyDrawer = ({ plan, start }: { readonly plan: PlanDocument; readonly start: string }) => {
  const { say, format } = useSpeech();
  const chain = whyChain(plan, start);
  if (chain === undefined) return null;
  return (
    <SideDrawer
      size={860}
      title={say('chain.title', { at: format.moment(start), n: format.count(chain.required) })}
      onClose={() => changePlace({ at: undefined })}
    >
      <Steps plan={plan} chain={chain} start={start} />
      <TierTable chain={chain} />
      <OneMore key={start} plan={plan} start={start} />
    </SideDrawer>
  );
};

interface Step {
  readonly step: string;
  readonly value: string;
  readonly words: string;
}

const Steps = ({
  plan,
  chain,
  start,
}: {
  readonly plan: PlanDocument;
  readonly chain: WhyChain;
  readonly start: string;
}) => {
  const { say, format } = useSpeech();
  const shortOf = useShort();
  const { certain, load, required } = chain;
  const one = (value: number): string => format.decimal(value);
  const share = format.percent(plan.targets.confidence, 0);
  const apart = (value: number | null): boolean => value !== null && Math.abs(value) >= 0.05;
  const rows: readonly Step[] = [
    {
      step: say('chain.calls'),
      value: one(chain.offered),
      words: say(chain.first === null ? 'chain.callsWords' : 'chain.partsWords', {
        first: one(chain.first ?? 0),
        calls: one(chain.calls),
        low: one(chain.low),
        high: one(chain.high),
        again: apart(chain.again) ? say('chain.again', { n: one(chain.again ?? 0) }) : '',
        diverted: apart(chain.diverted)
          ? say('chain.diverted', { n: one(chain.diverted ?? 0), offered: one(chain.offered) })
          : '',
      }),
    },
    {
      step: say('chain.handle'),
      value: `× ${format.seconds(chain.handleTimeSeconds)}`,
      words:
        chain.measuredQueues === chain.queues
          ? say('chain.handleMeasured')
          : say('chain.handleWords', { n: chain.measuredQueues, all: chain.queues }),
    },
    {
      step: say('chain.load'),
      value: `= ${one(load)}`,
      words: say('chain.loadWords', { n: plan.intervalMinutes }),
    },
    ...(certain === null
      ? [{ step: say('chain.margins'), value: `+ ${one(required - load)}`, words: say('chain.marginsWords') }]
      : [
          { step: say('chain.waiting'), value: `+ ${one(certain - load)}`, words: say('chain.waitingWords') },
          {
            step: say('chain.uncertain'),
            value: `${required >= certain ? '+' : '−'} ${format.count(Math.abs(required - certain))}`,
            words: say(required === certain ? 'chain.certainWords' : 'chain.uncertainWords', { share }),
          },
        ]),
    {
      step: say('chain.required'),
      value: `= ${format.count(required)}`,
      words: [
        ...(chain.minimum === required ? [say('chain.minimumHolds', { n: format.count(required) })] : []),
        say('chain.requiredWords', { n: one(chain.scheduled) }),
        shortOf(plan.tiers, plan.starts.indexOf(start)),
      ].join(' '),
    },
  ];
  return (
    <PlainTable
      label={say('chain.label')}
      stacks
      rows={rows}
      columns={[
        [say('chain.step'), 'text', (row) => row.step],
        [say('chain.value'), 'number', (row) => row.value],
        [say('chain.source'), 'text', (row) => row.words, { wide: true }],
      ]}
    />
  );
};

const TierTable = ({ chain }: { readonly chain: WhyChain }) => {
  const { say, tell, format } = useSpeech();
  return (
    <>
      <h3>{say('chain.tiers')}</h3>
      <PlainTable
        label={say('chain.tiers')}
        stacks
        rows={chain.tiers}
        columns={[
          [say('require.tier'), 'text', ({ name }) => tell(name)],
          [say('operators.required'), 'number:0', (tier) => tier.required],
          [
            say('ground.shrinkage'),
            'number',
            ({ shrinkage }) => (shrinkage === null ? noFigure : format.percent(shrinkage, 0)),
          ],
          [say('chain.people'), 'number:0', ({ people }) => people],
          [
            say('chain.onDuty'),
            'number',
            (tier) => (
              <>
                {format.decimal(tier.scheduled)}
                {tier.onShift !== null && tier.scheduled > 0 && (
                  <small className="under">{say('chain.onShift', { n: format.decimal(tier.onShift) })}</small>
                )}
                {Math.abs(tier.standIns) >= 0.05 && (
                  <small className="under">
                    {say('chain.standIns', { n: format.signed(tier.standIns, 1) })}
                  </small>
                )}
              </>
            ),
          ],
        ]}
      />
    </>
  );
};

/** What one operator more or fewer would do, asked for when wanted: it takes a moment. */
const OneMore = ({ plan, start }: { readonly plan: PlanDocument; readonly start: string }) => {
  const { say, format } = useSpeech();
  const body = { plan: plan.id, at: start, curve: 'none' as const };
  const { answer, control, ask } = useJobAnswer<RequirementDocument>(
    { kind: 'requirement', request: body },
    () => callApi('explainRequirement', { body }),
  );
  return (
    <>
      {answer === undefined && (
        <p>
          <Button loading={control.running} onClick={ask}>
            {say('chain.oneMore')}
          </Button>
        </p>
      )}
      <JobView control={control} title={say('require.running')} />
      {answer !== undefined && (
        <>
          <EffectsTable plan={plan} answer={answer} />
          <p className="note">
            {say('chain.oneMoreNote', { share: format.percent(plan.targets.confidence, 0) })}
          </p>
        </>
      )}
    </>
  );
};

type Plan = Pick<
  PlanDocument,
  'starts' | 'intervalMinutes' | 'calls' | 'queues' | 'tiers' | 'certain' | 'grounds' | 'targets' | 'madeWith'
>;

/** How an interval's operators come about, from calls to people. */
interface WhyChain {
  /** First-time calls, their 80 % range, and the calls that reach the queues. */
  readonly calls: number;
  readonly low: number;
  readonly high: number;
  readonly offered: number;
  /** First-time calls over the sample paths + those who call again − those diverted = offered; null where the plan does not tell. */
  readonly first: number | null;
  readonly again: number | null;
  readonly diverted: number | null;
  /** Mean over the calls; seconds. */
  readonly handleTimeSeconds: number;
  /** Queues whose handle time is measured, of all with calls. */
  readonly measuredQueues: number;
  readonly queues: number;
  /** Operators that the calls alone keep busy. */
  readonly load: number;
  /** Operators for the targets if the mean forecast came true; null where the plan does not tell. */
  readonly certain: number | null;
  readonly required: number;
  /** Fewest that the plan's settings want there at that time, whatever the calls; null where the plan does not tell. */
  readonly minimum: number | null;
  readonly scheduled: number;
  readonly tiers: readonly {
    readonly tier: string;
    readonly name: PlanDocument['tiers'][number]['name'];
    readonly required: number;
    readonly scheduled: number;
    readonly standIns: number;
    readonly shrinkage: number | null;
    /** People on shift that the requirement takes; null where shrinkage is not told. */
    readonly people: number | null;
    /** People on shift that the shifts give, breaks taken off; null where shrinkage is not told. */
    readonly onShift: number | null;
  }[];
}

/** Why an interval of a plan needs so many; undefined where the plan has no such interval. */
export const whyChain = (plan: Plan, start: string): WhyChain | undefined => {
  const i = plan.starts.indexOf(start);
  if (i < 0) return undefined;
  const at = (values: readonly (number | null)[] | undefined): number => values?.[i] ?? 0;
  const withCalls = plan.queues.filter((queue) => at(queue.offered) > 0);
  const offered = withCalls.reduce((sum, queue) => sum + at(queue.offered), 0);
  const seconds = withCalls.reduce((sum, queue) => sum + at(queue.offered) * at(queue.handleTimeSeconds), 0);
  const isMeasured = (queue: string): boolean =>
    (plan.grounds ?? []).some(
      ({ ground, key, source }) => ground === 'handle-time' && key === queue && source === 'measured',
    );
  const isTold = plan.queues.every(({ fresh, diverted }) => fresh !== undefined && diverted !== undefined);
  const part = (of: 'fresh' | 'diverted'): number | null =>
    isTold ? plan.queues.reduce((sum, queue) => sum + at(queue[of]), 0) : null;
  const first = part('fresh');
  const diverted = part('diverted');
  const tiers = plan.tiers.map((tier) => {
    const shrinkage = tier.shrinkage === undefined ? null : at(tier.shrinkage);
    return {
      tier: tier.tier,
      name: tier.name,
      required: at(tier.required),
      scheduled: at(tier.scheduled),
      standIns: at(tier.standIns),
      shrinkage,
      onShift: shrinkage === null ? null : at(tier.scheduled) / (1 - shrinkage),
      people: shrinkage === null ? null : Math.ceil(at(tier.required) / (1 - shrinkage) - 1e-9),
    };
  });
  return {
    calls: at(plan.calls.mean),
    low: at(plan.calls.q10),
    high: at(plan.calls.q90),
    offered,
    first,
    again: first === null ? null : offered - first + (diverted ?? 0),
    diverted,
    handleTimeSeconds: offered > 0 ? seconds / offered : 0,
    measuredQueues: withCalls.filter(({ queue }) => isMeasured(queue)).length,
    queues: withCalls.length,
    load: seconds / (plan.intervalMinutes * 60),
    certain: plan.certain === undefined ? null : at(plan.certain),
    required: tiers.reduce((sum, tier) => sum + tier.required, 0),
    minimum: minimumAt(plan, start),
    scheduled: tiers.reduce((sum, tier) => sum + tier.scheduled, 0),
    tiers: tiers.filter((tier) => tier.required + tier.scheduled > 0),
  };
};

const minimumAt = ({ madeWith, intervalMinutes }: Plan, start: string): number | null => {
  const targets = madeWith?.settings['targets'] as TargetsModel | undefined;
  if (targets === undefined) return null;
  const [day, minute] = [weekdayOf(start.slice(0, 10)), minuteOf(start.slice(11))];
  return Math.max(
    targets.minimumOperators,
    ...(targets.minimumPresence ?? []).flatMap((window) =>
      coveredMinutes(window, day, minute, intervalMinutes) > 0 ? [window.operators] : [],
    ),
  );
};
