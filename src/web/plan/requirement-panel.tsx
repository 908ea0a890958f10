import { Button, Select } from 'antd';
import { memo, useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { RequirementDocument } from '../../contract/documents/requirement-document.ts';
import { callApi } from '../api/call-api.ts';
import { useJob } from '../api/use-job.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { EffectsTable } from './effects-table.tsx';

type Measure = 'connection-rate' | 'service-level';

/** What it would take: one operator more or less in an interval, and what each rate costs in operator-hours. */
export const RequirementPanel = memo(({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const control = useJob();
  const [at, setAt] = useState<string>();
  const [curve, setCurve] = useState<Measure>('connection-rate');
  const [answer, setAnswer] = useState<RequirementDocument>();
  const ask = async (): Promise<void> => {
    const body = { plan: plan.id, curve, ...(at === undefined ? {} : { at }) };
    const found = await control.run(() => callApi('explainRequirement', { body }));
    if (found !== undefined) setAnswer(found as RequirementDocument);
  };
  const times = plan.starts.map((start) => ({
    value: start,
    label: `${format.day(start.slice(0, 10))} ${start.slice(11, 16)}`,
  }));
  return (
    <Panel title={say('require.title')} note={say('require.note')}>
      <div className="row">
        <Select
          aria-label={say('require.at')}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={say('require.weakest')}
          value={at ?? null}
          style={{ minWidth: 210 }}
          options={times}
          onChange={(value: string | null | undefined) => setAt(value ?? undefined)}
        />
        <Select
          aria-label={say('require.curve')}
          value={curve}
          style={{ minWidth: 190 }}
          options={(['connection-rate', 'service-level'] as const).map((value) => ({
            value,
            label:
              value === 'connection-rate'
                ? say('figure.connectionRate')
                : say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
          }))}
          onChange={setCurve}
        />
        <Button type="primary" loading={control.running} onClick={() => void ask()}>
          {say('require.run')}
        </Button>
      </div>
      <JobView control={control} title={say('require.running')} />
      {answer !== undefined && <Answer plan={plan} answer={answer} />}
    </Panel>
  );
});

const Answer = ({ plan, answer }: { readonly plan: PlanDocument; readonly answer: RequirementDocument }) => {
  const { tell } = useSpeech();
  return (
    <>
      <EffectsTable plan={plan} answer={answer} />
      <CurveTable plan={plan} answer={answer} />
      <ul className="said">
        {answer.notices.map((said) => (
          <li key={tell(said)}>{tell(said)}</li>
        ))}
      </ul>
    </>
  );
};

const CurveTable = ({
  plan,
  answer,
}: {
  readonly plan: PlanDocument;
  readonly answer: RequirementDocument;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const { curve } = answer;
  if (curve === null) return null;
  const measure =
    curve.measure === 'connection-rate'
      ? say('figure.connectionRate')
      : say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds });
  const title = say('require.price', { measure, hours: format.count(curve.requiredOperatorHours) });
  return (
    <>
      <h3>{title}</h3>
      <PlainTable
        label={title}
        rows={curve.points}
        keyOf={(row) => String(row.rate)}
        columns={[
          { key: 'rate', head: measure, numeric: true, cell: (row) => format.percent(row.rate, 0) },
          {
            key: 'hours',
            head: say('require.hours'),
            numeric: true,
            cell: (row) => format.count(row.operatorHours),
          },
          {
            key: 'reached',
            head: say('require.reached'),
            cell: (row) => say(row.reached ? 'compare.yes' : 'compare.no'),
          },
        ]}
      />
    </>
  );
};
