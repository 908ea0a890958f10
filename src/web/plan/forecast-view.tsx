import { lazy, Suspense } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { CallsChart } from './calls-chart.tsx';
import { ForecastPanel } from './forecast-panel.tsx';

const OutlookPanel = lazy(async () => ({
  default: (await import('../outlook/outlook-panel.tsx')).OutlookPanel,
}));

/** What calls the week brings, and what that is made of. */
export const ForecastView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <CallsChart plan={plan} />
    <ForecastPanel plan={plan} />
    <Suspense fallback={null}>
      <OutlookPanel plan={plan} />
    </Suspense>
  </>
);
