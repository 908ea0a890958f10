import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { usePlace } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { AnswerView } from './answer-view.tsx';
import { planViews, type PlanViewName } from './plan-views.ts';

const views = {
  forecast: lazy(async () => ({ default: (await import('./forecast-view.tsx')).ForecastView })),
  requirement: lazy(async () => ({ default: (await import('./requirement-view.tsx')).RequirementView })),
  shifts: lazy(async () => ({ default: (await import('./shifts-panel.tsx')).ShiftsPanel })),
  prompts: lazy(async () => ({ default: (await import('./prompts-table.tsx')).PromptsTable })),
  projection: lazy(async () => ({ default: (await import('./projection-view.tsx')).ProjectionView })),
  assumptions: lazy(async () => ({ default: (await import('./assumptions-view.tsx')).AssumptionsView })),
};

const Why = lazy(async () => ({ default: (await import('./why-drawer.tsx')).WhyDrawer }));

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
      <Suspense fallback={<Loading />}>{isPrinting ? planViews.map(show) : show(view)}</Suspense>
      {/* On its own: while it is fetched, what it was opened from stays in sight and keeps the focus. */}
      <Suspense>{at !== null && <Why plan={plan} start={at} />}</Suspense>
    </>
  );
};

const Loading = () => {
  const { say } = useSpeech();
  return <div className="waiting">{say('state.loading')}</div>;
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
