import { Button } from 'antd';
import { memo, useState, type RefObject } from 'react';
import type { SimulateDocument } from '../../contract/documents/simulate-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { callApi } from '../api/call-api.ts';
import { useJob } from '../api/use-job.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** Runs the event simulation of the whole week with this scenario, call by call, beside the formula's answer. */
export const ProvePanel = memo(
  ({ plan, latest }: { readonly plan: PlanDocument; readonly latest: RefObject<ScenarioModel> }) => {
    const { say } = useSpeech();
    const control = useJob();
    const [proved, setProved] = useState<SimulateDocument>();
    const prove = async (): Promise<void> => {
      const answer = await control.run(() =>
        callApi('makeSimulation', { body: { plan: plan.id, scenario: latest.current } }),
      );
      if (answer !== undefined) setProved(answer as SimulateDocument);
    };
    return (
      <Panel
        title={say('prove.title')}
        note={say('prove.note')}
        actions={
          <Button type="primary" loading={control.running} onClick={() => void prove()}>
            {say('prove.run')}
          </Button>
        }
      >
        <JobView control={control} title={say('prove.running')} />
        {proved !== undefined && <Proof proved={proved} seconds={plan.answerTimeThresholdSeconds} />}
      </Panel>
    );
  },
);

const Proof = ({ proved, seconds }: { readonly proved: SimulateDocument; readonly seconds: number }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const { proof, baseline, outcome } = proved;
  const within = (pair: readonly [number, number] | undefined): string =>
    pair === undefined ? format.percent(null) : `${format.percent(pair[0])} ± ${format.percent(pair[1])}`;
  const rows = [
    {
      name: say('figure.connectionRate'),
      before: baseline.connectionRate,
      after: outcome.connectionRate,
      proof: proof?.connectionRate,
    },
    {
      name: say('figure.serviceLevel', { n: seconds }),
      before: baseline.serviceLevel,
      after: outcome.serviceLevel,
      proof: proof?.serviceLevel,
    },
  ];
  return (
    <>
      <p>
        {say('prove.done', { name: proved.scenario, n: proof?.replications ?? 0 })} {tell(proved.basis.told)}
      </p>
      <PlainTable
        label={say('prove.title')}
        rows={rows}
        keyOf={(row) => row.name}
        columns={[
          { key: 'name', head: say('effect.measure'), cell: (row) => row.name },
          {
            key: 'before',
            head: say('prove.asPlanned'),
            numeric: true,
            cell: (row) => format.percent(row.before),
          },
          {
            key: 'after',
            head: say('prove.formula'),
            numeric: true,
            cell: (row) => format.percent(row.after),
          },
          { key: 'proof', head: say('prove.simulated'), numeric: true, cell: (row) => within(row.proof) },
        ]}
      />
    </>
  );
};
