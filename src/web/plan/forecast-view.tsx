import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { CallsChart } from './calls-chart.tsx';
import { ForecastPanel } from './forecast-panel.tsx';

/** What calls the week brings, and what that is made of. */
export const ForecastView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <CallsChart plan={plan} />
    <ForecastPanel plan={plan} />
  </>
);
