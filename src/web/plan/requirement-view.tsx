import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Short } from './attention.tsx';
import { usePlace } from '../ui/use-place.ts';
import { DayGrid } from './day-grid.tsx';
import { OperatorsChart } from './operators-chart.tsx';
import { HoursChain } from '../ui/hours-chain.tsx';
import { RequirementPanel } from './requirement-panel.tsx';
import { SpareHours } from './attention.tsx';

const dayOf = (plan: PlanDocument, params: URLSearchParams): string =>
  plan.days.find(({ date }) => date === params.get('day'))?.date ?? plan.firstDate;

/** Who is required and scheduled when, where people are missing, and what one more would do. */
export const RequirementView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <Short plan={plan} />
    <SpareHours plan={plan} />
    <OperatorsChart plan={plan} />
    <DayGrid plan={plan} date={dayOf(plan, usePlace().params)} />
    <HoursChain chains={[{ name: plan.week, steps: plan.total.hoursChain ?? [] }]} note="planNote" />
    <RequirementPanel plan={plan} />
  </>
);
