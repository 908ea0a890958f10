import { Button, Space } from 'antd';
import type { ReportFormat, ReportPage } from '../../contract/report-formats.ts';
import { apiAddress } from '../api/api-address.ts';
import { may } from '../api/page-access.ts';
import { useSpeech } from '../words/words.tsx';
import { printPlan } from './plan-view.tsx';

/** What can be done with a plan that is made: adjust its forecast, take it out, print it. */
export const PlanActions = ({ id, overrule }: { readonly id: string; readonly overrule: () => void }) => {
  const { say, language } = useSpeech();
  const link = (format: ReportFormat, page?: ReportPage): string =>
    apiAddress('report', { plan: id }, { format, language, ...(page === undefined ? {} : { page }) });
  return (
    <Space wrap className="plan-actions">
      {may('addOverrule') && <Button onClick={overrule}>{say('overrule.open')}</Button>}
      <Button href={link('xlsx')} download>
        XLSX
      </Button>
      <Button href={link('zip')} download>
        CSV
      </Button>
      <Button href={link('html')} download>
        HTML
      </Button>
      <Button href={link('html', 'leader')} target="_blank">
        {say('plan.leaderPage')}
      </Button>
      <Button onClick={printPlan}>{say('plan.print')}</Button>
    </Space>
  );
};
