import type { ReactNode } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { standingPlan } from '../../contract/plan-states.ts';
import { loadAhead } from '../api/use-load.ts';
import type { PageProps } from '../api/page-access.ts';

/** What of a plan is looked at; the first is what opens. */
export const planViews = [
  'answer',
  'forecast',
  'requirement',
  'shifts',
  'prompts',
  'projection',
  'assumptions',
] as const;

/** What is typed of a what-if; what is left empty stays as it is. */
export interface WhatIfAnswers {
  readonly seconds?: number | null;
  readonly shift?: string | undefined;
  readonly latest?: string | undefined;
  readonly dropped?: string | undefined;
  readonly like?: string | undefined;
  readonly from?: string | undefined;
  readonly tier?: string | undefined;
  readonly people?: number | null;
  readonly opens?: string | undefined;
  readonly closes?: string | undefined;
  /** Percent more or less. */
  readonly factors?: Readonly<Partial<Record<keyof NonNullable<PlanDocument['factors']>, number | null>>>;
}

/** How a view of a plan has the week planned again. */
export interface Asking {
  /** What is typed of a what-if: it stays whatever else is looked at, until a plan of it is made. */
  readonly typed: WhatIfAnswers;
  readonly type: (answers: WhatIfAnswers) => void;
  /** Plans the week again, with what is asked of it, as it was typed. */
  readonly make: (request: Partial<PlanRequest>, typed?: WhatIfAnswers) => void;
  /** How far a what-if is, beside the button that asked for it. */
  readonly progress: ReactNode;
  /** The week is being planned. */
  readonly isRunning: boolean;
}

/** What the server holds, and what the address asks for of it. */
type Shown = Pick<PageProps, 'workspace' | 'params'>;

/** The week that the address asks for, by itself or by a plan; else the one after the data. */
export const weekShown = ({ workspace, params }: Shown): string | null =>
  params.get('week') ??
  workspace.plans.find((plan) => plan.id === params.get('plan'))?.week ??
  workspace.nextWeek;

/** The plan asked for by id, else the one in force for the week, else nothing. */
export const planShown = ({ workspace, params }: Shown, week: string): string | undefined =>
  params.get('plan') ?? standingPlan(workspace.plans, week)?.id;

/** Begins to read the plan that an address shows. */
export const fetchPlan = async (shown: Shown): Promise<void> => {
  const week = weekShown(shown);
  const id = week === null ? undefined : planShown(shown, week);
  if (id !== undefined) await loadAhead('plan', { params: { plan: id } });
};
