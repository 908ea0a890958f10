import { Button } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import { callApi } from '../api/call-api.ts';
import { useJob } from '../api/use-job.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { changePlace } from '../ui/use-place.ts';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { useSpeech } from '../words/words.tsx';
import { EffectsTable } from './effects-table.tsx';
import { whyChain, type WhyChain } from './why-chain.ts';

/** Why an interval needs so many: calls × handle time → load → margins → tiers → shrinkage → people. */
export const WhyDrawer = ({ plan, start }: { readonly plan: PlanDocument; readonly start: string }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const chain = whyChain(plan, start);
  if (chain === undefined) return null;
  return (
    <SideDrawer
      size={860}
      title={say('chain.title', { at: format.moment(start), n: format.count(chain.required) })}
      onClose={() => changePlace({ at: undefined })}
    >
      <Steps plan={plan} chain={chain} />
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

const Steps = ({ plan, chain }: { readonly plan: PlanDocument; readonly chain: WhyChain }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const { certain, load, required } = chain;
  const one = (value: number): string => format.decimal(value);
  const rows: readonly Step[] = [
    {
      step: say('chain.calls'),
      value: one(chain.offered),
      words: say('chain.callsWords', {
        calls: one(chain.calls),
        low: one(chain.low),
        high: one(chain.high),
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
            value: `${required >= certain ? '+' : '−'} ${one(Math.abs(required - certain))}`,
            words: say('chain.uncertainWords', { share: format.percent(plan.targets.confidence, 0) }),
          },
        ]),
    {
      step: say('chain.required'),
      value: `= ${format.count(required)}`,
      words: say('chain.requiredWords', { n: one(chain.scheduled) }),
    },
  ];
  return (
    <PlainTable
      label={say('chain.label')}
      rows={rows}
      keyOf={(row) => row.step}
      columns={[
        { key: 'step', head: say('chain.step'), cell: (row) => row.step },
        { key: 'value', head: say('chain.value'), numeric: true, cell: (row) => row.value },
        { key: 'words', head: say('chain.source'), wide: true, cell: (row) => row.words },
      ]}
    />
  );
};

const TierTable = ({ chain }: { readonly chain: WhyChain }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  return (
    <>
      <h3>{say('chain.tiers')}</h3>
      <PlainTable
        label={say('chain.tiers')}
        rows={chain.tiers}
        keyOf={({ tier }) => tier}
        columns={[
          { key: 'tier', head: say('require.tier'), cell: ({ name }) => tell(name) },
          {
            key: 'required',
            head: say('operators.required'),
            numeric: true,
            cell: (tier) => format.count(tier.required),
          },
          {
            key: 'shrinkage',
            head: say('ground.shrinkage'),
            numeric: true,
            cell: ({ shrinkage }) => (shrinkage === null ? noFigure : format.percent(shrinkage, 0)),
          },
          {
            key: 'people',
            head: say('chain.people'),
            numeric: true,
            cell: ({ people }) => format.count(people),
          },
          {
            key: 'scheduled',
            head: say('chain.onDuty'),
            numeric: true,
            cell: (tier) => (
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
          },
        ]}
      />
    </>
  );
};

/** What one operator more or fewer would do, asked for when wanted: it takes a moment. */
const OneMore = ({ plan, start }: { readonly plan: PlanDocument; readonly start: string }) => {
  const { say } = useSpeech();
  const control = useJob();
  const [answer, setAnswer] = useState<RequirementDocument>();
  const ask = async (): Promise<void> => {
    const body = { plan: plan.id, at: start, curve: 'none' as const };
    const found = await control.run(() => callApi('explainRequirement', { body }));
    if (found !== undefined) setAnswer(found as RequirementDocument);
  };
  return (
    <>
      {answer === undefined && (
        <p>
          <Button loading={control.running} onClick={() => void ask()}>
            {say('chain.oneMore')}
          </Button>
        </p>
      )}
      <JobView control={control} title={say('require.running')} />
      {answer !== undefined && <EffectsTable plan={plan} answer={answer} />}
    </>
  );
};
