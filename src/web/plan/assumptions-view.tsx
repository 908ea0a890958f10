import type { ReactNode } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { may } from '../api/page-access.ts';
import { isAssumedShape } from '../../words/assumed-shape.ts';
import { Unusual } from '../ui/unusual.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';
import { GroundsPanel } from './grounds-panel.tsx';
import { FarFromData, Overruled } from './attention.tsx';
import { LearntHours } from './learnt-hours.tsx';
import { WhyPanel } from './why-panel.tsx';

/** What the plan rests on. */
export const AssumptionsView = ({
  plan,
  make,
  progress,
}: {
  readonly plan: PlanDocument;
  readonly make: (request: Partial<PlanRequest>) => void;
  readonly progress: ReactNode;
}) => (
  <>
    <Unusual said={plan.unusual?.filter(isAssumedShape)} />
    <FarFromData plan={plan} />
    <LearntHours plan={plan} />
    <Overruled plan={plan} />
    <GroundsPanel plan={plan} />
    {may('makePlan') && <WhatIfPanel plan={plan} make={make} progress={progress} />}
    <WhyPanel plan={plan} />
  </>
);
