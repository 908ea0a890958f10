import { Button, Space } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { addressOf } from '../api/call-api.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { Attention, Unusual } from './attention.tsx';
import { CallsChart } from './calls-chart.tsx';
import { DayTable } from './day-table.tsx';
import { ForecastPanel } from './forecast-panel.tsx';
import { Headline } from './headline.tsx';
import { HeatStrip } from './heat-strip.tsx';
import { OperatorsChart } from './operators-chart.tsx';
import { OverruleDialog } from './overrule-dialog.tsx';
import { PromptsTable } from './prompts-table.tsx';
import { ProofPanel } from './proof-panel.tsx';
import { RequirementPanel } from './requirement-panel.tsx';
import { ShiftsPanel } from './shifts-panel.tsx';
import { TransfersPanel } from './transfers-panel.tsx';
import { WhyPanel } from './why-panel.tsx';

/** A made plan: figures first, then days, curves, shifts and reasons. */
export const PlanView = ({ plan, again }: { readonly plan: PlanDocument; readonly again: () => void }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const [overruling, setOverruling] = useState(false);
  return (
    <>
      <div className="row meta">
        <span>
          {say('plan.madeFrom', {
            from: format.date(plan.history.firstDate),
            to: format.date(plan.history.lastDate),
            days: format.count(plan.history.days),
          })}
        </span>
        <Exports plan={plan} overrule={() => setOverruling(true)} />
      </div>
      <Unusual plan={plan} />
      <Headline plan={plan} />
      <Attention plan={plan} />
      <DayTable plan={plan} />
      <OperatorsChart plan={plan} />
      <CallsChart plan={plan} />
      <HeatStrip plan={plan} />
      <ProofPanel plan={plan} />
      <TransfersPanel plan={plan} />
      <RequirementPanel plan={plan} />
      <ShiftsPanel plan={plan} />
      <PromptsTable plan={plan} />
      <ForecastPanel plan={plan} />
      <WhyPanel plan={plan} />
      {overruling && <OverruleDialog plan={plan} close={() => setOverruling(false)} again={again} />}
    </>
  );
};

const Exports = ({ plan, overrule }: { readonly plan: PlanDocument; readonly overrule: () => void }) => {
  const { say, language } = useSpeech();
  const link = (format: 'html' | 'xlsx' | 'csv'): string =>
    addressOf('report', { plan: plan.id }, { format, language });
  return (
    <Space wrap className="no-print">
      <Button onClick={overrule}>{say('overrule.open')}</Button>
      <Button href={link('xlsx')} download>
        XLSX
      </Button>
      <Button href={link('csv')} download>
        CSV
      </Button>
      <Button href={link('html')} download>
        HTML
      </Button>
      <Button onClick={() => window.print()}>{say('plan.print')}</Button>
    </Space>
  );
};
