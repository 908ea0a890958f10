import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { may } from '../api/page-access.ts';
import { CallsChart } from './calls-chart.tsx';
import { ForecastPanel } from './forecast-panel.tsx';
import { WhatIfAsked } from './what-if-asked.tsx';
import { later } from '../ui/later.tsx';

const CauseWhatIf = later(async () => (await import('../causes/cause-what-if.tsx')).CauseWhatIf);
const OutlookPanel = later(async () => (await import('../outlook/outlook-panel.tsx')).OutlookPanel);

const TopicsPanel = later(async () => (await import('../topics/topics-panel.tsx')).TopicsPanel);

/** What calls the week brings, and what that is made of. */
export const ForecastView = ({
  plan,
  make,
}: {
  readonly plan: PlanDocument;
  readonly make: (request: Partial<PlanRequest>) => void;
}) => (
  <>
    <WhatIfAsked plan={plan} />
    <CallsChart plan={plan} />
    <ForecastPanel plan={plan} />
    {may('makeForecast') && <CauseWhatIf plan={plan} make={make} />}
    <OutlookPanel plan={plan} />
    <TopicsPanel week={plan.week} />
  </>
);
