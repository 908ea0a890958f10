import { Button, Select } from 'antd';
import { memo, useState } from 'react';
import type { LeversDocument } from '../../contract/documents/effect-documents.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { nothingToClose } from '../../contract/shortages.ts';
import { callApi } from '../api/call-api.ts';
import { useJobAnswer } from '../ui/change.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { NumberInput } from '../ui/number-input.tsx';

/** The same target by prompts and by what else relieves a peak, what each costs, and the best mix for a budget. */
export const LeversPanel = memo(({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const [roster, setRoster] = useState<'planned' | 'seen'>('planned');
  const [budget, setBudget] = useState<number | null>(null);
  const body = { plan: plan.id, roster, ...(budget === null ? {} : { budget }) };
  const { answer, control, ask } = useJobAnswer<LeversDocument>({ kind: 'levers', request: body }, () =>
    callApi('compareLevers', { body }),
  );
  return (
    <Panel title={say('levers.title')} note={say('levers.note')}>
      <div className="row">
        <Select
          aria-label={say('levers.roster')}
          value={roster}
          style={{ minWidth: 190 }}
          options={(['planned', 'seen'] as const).map((value) => ({ value, label: say(`levers.${value}`) }))}
          onChange={setRoster}
        />
        <NumberInput
          aria-label={say('levers.budget')}
          placeholder={say('levers.budget')}
          min={0}
          step={500}
          value={budget}
          style={{ width: 190 }}
          onChange={setBudget}
        />
        <Button type="primary" loading={control.running} onClick={ask}>
          {say('levers.run')}
        </Button>
      </div>
      <JobView control={control} title={say('levers.running')} />
      {answer !== undefined && <LeversTable plan={plan} answer={answer} />}
    </Panel>
  );
});

type Row = Pick<
  LeversDocument['levers'][number],
  'name' | 'cost' | 'recoveredCallers' | 'costPerRecovered' | 'callsShort' | 'effect'
> & { readonly amount: string; readonly reaches: boolean };

/** The row's name is in the language of the page already. */
const mixName = (name: string): Row['name'] => ({ 'zh-CN': name, en: name });

const LeversTable = ({ plan, answer }: { readonly plan: PlanDocument; readonly answer: LeversDocument }) => {
  const { say, tell, format } = useSpeech();
  const { mix } = answer;
  const rows: Row[] = [
    ...answer.levers.map((row) => ({ ...row, amount: tell(row.amount), reaches: row.reachesTarget })),
    ...(mix === null
      ? []
      : [
          {
            ...mix,
            name: mixName(say('levers.mix', { budget: format.count(mix.budget) })),
            amount: mix.parts
              .map((part) => `${tell(part.name)} ${format.percent(part.level, 0)}`)
              .join(' + '),
            reaches: mix.callsShort <= answer.callsShortTarget,
          },
        ]),
  ];
  if (nothingToClose(answer))
    return (
      <>
        <p>{tell(answer.basis.told)}</p>
        {answer.reasons.map((said) => (
          <p key={tell(said)}>{tell(said)}</p>
        ))}
      </>
    );
  return (
    <>
      <p>
        {say('levers.target', {
          before: format.count(answer.callsShortBefore),
          target: format.count(answer.callsShortTarget),
        })}{' '}
        {tell(answer.basis.told)}
      </p>
      <PlainTable
        rows={rows}
        columns={[
          [say('levers.lever'), 'text', (row) => tell(row.name)],
          [say('levers.reaches'), 'text', (row) => say(row.reaches ? 'compare.yes' : 'compare.no')],
          [say('levers.cost'), 'number:0', (row) => row.cost],
          [say('levers.recovered'), 'number:0', (row) => row.recoveredCallers],
          [say('levers.each'), 'number', (row) => row.costPerRecovered],
          [say('levers.short'), 'number:0', (row) => row.callsShort],
          [say('figure.connectionRate'), 'share', (row) => row.effect.connectionRate],
          [
            say('figure.serviceLevel', { n: plan.answerTimeThresholdSeconds }),
            'share',
            (row) => row.effect.serviceLevel,
          ],
          [say('levers.amount'), 'text', (row) => row.amount],
        ]}
      />
      <ul className="said">
        {[...answer.reasons, ...answer.assumptions].map((said) => (
          <li key={tell(said)}>{tell(said)}</li>
        ))}
      </ul>
    </>
  );
};
