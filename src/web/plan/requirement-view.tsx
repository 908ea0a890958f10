import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { Short } from './attention.tsx';
import { OperatorsChart } from './operators-chart.tsx';
import { RequirementPanel } from './requirement-panel.tsx';

/** Who is required and scheduled when, where people are missing, and what one more would do. */
export const RequirementView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <Short plan={plan} />
    <OperatorsChart plan={plan} />
    <RequirementPanel plan={plan} />
  </>
);
