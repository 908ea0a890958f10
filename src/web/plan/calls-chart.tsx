import { Select } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { BandChart } from '../charts/band-chart.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { useSpeech } from '../words/words.tsx';

/** Calls per interval with the 80 and 95 % bands, of one queue or all. */
export const CallsChart = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const [queue, setQueue] = useState('');
  const curve = plan.queues.find((each) => each.queue === queue) ?? plan.calls;
  return (
    <Panel
      title={say('calls.title')}
      note={say('calls.note', { n: plan.intervalMinutes })}
      actions={
        <Select
          aria-label={say('calls.queue')}
          value={queue}
          style={{ minWidth: 180 }}
          options={[
            { value: '', label: say('calls.all') },
            ...plan.queues.map((each) => ({ value: each.queue, label: tell(each.name) })),
          ]}
          onChange={setQueue}
        />
      }
    >
      <BandChart
        label={say('calls.label')}
        tableLabel={say('calls.title')}
        axis={say('calls.axis', { n: plan.intervalMinutes })}
        starts={plan.starts}
        curves={[{ label: say('calls.mean'), values: curve.mean, colour: colours.primary }]}
        bands={[
          {
            label: say('calls.band80'),
            low: curve.q10,
            high: curve.q90,
            lowLabel: say('calls.q10'),
            highLabel: say('calls.q90'),
            colour: colours.band80,
          },
          {
            label: say('calls.band95'),
            low: curve.q025,
            high: curve.q975,
            lowLabel: say('calls.q025'),
            highLabel: say('calls.q975'),
            colour: colours.band95,
          },
        ]}
      />
    </Panel>
  );
};
