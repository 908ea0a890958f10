import { useEffect, useState, type ReactNode } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { usePlace } from '../ui/use-place.ts';
import { AnswerView } from './answer-view.tsx';
import { planViews, type PlanViewName } from './plan-views.ts';
import { later } from '../ui/later.tsx';
import { Waiting } from '../ui/states.tsx';

const views = {
  forecast: later(async () => (await import('./forecast-view.tsx')).ForecastView, <Waiting />),
  requirement: later(async () => (await import('./requirement-view.tsx')).RequirementView, <Waiting />),
  shifts: later(async () => (await import('./shifts-panel.tsx')).ShiftsPanel, <Waiting />),
  prompts: later(async () => (await import('./prompts-table.tsx')).PromptsTable, <Waiting />),
  projection: later(async () => (await import('./projection-view.tsx')).ProjectionView, <Waiting />),
  assumptions: later(async () => (await import('./assumptions-view.tsx')).AssumptionsView, <Waiting />),
};

const Why = later(async () => (await import('./why-drawer.tsx')).WhyDrawer);

export interface PlanViewProps {
  readonly plan: PlanDocument;
  readonly view: PlanViewName;
  /** The week's plan before this one. */
  readonly earlier: string | undefined;
  /** Plans the week again, with what is asked of it. */
  readonly make: (request: Partial<PlanRequest>) => void;
  /** How far a what-if is, beside the button that asked for it. */
  readonly progress: ReactNode;
}

/** One view of a made plan; all of them, one below the other, while it is printed. */
export const PlanView = ({ plan, view, earlier, make, progress }: PlanViewProps) => {
  const isPrinting = usePrinting();
  const show = (name: PlanViewName): ReactNode => {
    if (name === 'answer') return <AnswerView key={name} plan={plan} earlier={earlier} />;
    const View = views[name];
    return <View key={name} plan={plan} make={make} progress={progress} />;
  };
  const at = usePlace().params.get('at');
  return (
    <>
      {isPrinting ? planViews.map(show) : show(view)}
      {/* On its own: while it is fetched, what it was opened from stays in sight and keeps the focus. */}
      {at !== null && <Why plan={plan} start={at} />}
    </>
  );
};

const askToPrint = 'huawu-print';

/** Prints the plan as a whole: its parts are put on the page first. */
export const printPlan = (): void => {
  window.dispatchEvent(new Event(askToPrint));
};

/** True from when the plan is to be printed until it has been. */
const usePrinting = (): boolean => {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const ask = (): void => setPrinting(true);
    window.addEventListener(askToPrint, ask);
    return () => window.removeEventListener(askToPrint, ask);
  }, []);
  useEffect(() => {
    if (!isPrinting) return undefined;
    // Parts that are still to be loaded, and charts, want a moment to stand on the page.
    const timer = setTimeout(() => {
      window.print();
      setPrinting(false);
    }, 1200);
    return () => clearTimeout(timer);
  }, [isPrinting]);
  return isPrinting;
};
