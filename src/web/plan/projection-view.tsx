import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { NotProved } from './attention.tsx';
import { HeatStrip } from './heat-strip.tsx';
import { ProofPanel } from './proof-panel.tsx';
import { ScorePanel } from './score-panel.tsx';
import { TransfersPanel } from './transfers-panel.tsx';

/** What callers and the monitor will meet, and whether simulation bears it out. */
export const ProjectionView = ({ plan }: { readonly plan: PlanDocument }) => (
  <>
    <NotProved plan={plan} />
    <HeatStrip plan={plan} />
    <ProofPanel plan={plan} />
    <ScorePanel plan={plan} />
    <TransfersPanel plan={plan} />
  </>
);
