import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { HoursInUse } from '../../contract/models/opening-hours-schema.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { PromptSpanChoice } from '../../diversion/choose-prompts.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import type { Capacity, Demand, Policy } from '../../kernel/hotline.ts';
import type { CountPaths } from '../../kernel/sample-paths.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { ShiftPlan } from '../../scheduling/cover-request.ts';
import type { EarlierPlan } from './earlier-shifts.ts';
import type { Requirement } from '../../staffing/require-operators.ts';
import type { WeekForecast } from '../forecasts/forecast-week.ts';
import type { OperatorsSeen } from '../operation/operators-seen.ts';
import type { Models } from '../ports.ts';
import type { PlanProjection } from '../operation/project-plan.ts';
import type { PlanProof } from './prove-plan.ts';
import type { History } from '../history/read-history.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';

/** All that a plan is written from. */
export interface PlanParts {
  readonly week: WeekHorizon;
  readonly models: Models;
  readonly targets: TargetsModel;
  readonly history: History;
  readonly hours: HoursInUse;
  readonly calendar: Calendar;
  readonly forecast: WeekForecast;
  readonly demand: Demand;
  /** The demand's sample paths as counts, by queue. */
  readonly counts: readonly CountPaths[];
  readonly requirement: Omit<Requirement, 'capacity'>;
  readonly variants: readonly {
    readonly variant: PlanDocument['variants'][number]['variant'];
    readonly operatorHours: number;
    readonly operators?: readonly number[];
  }[];
  readonly schedule: ShiftPlan;
  /** The week's plan that the shifts start from. */
  readonly earlier: EarlierPlan | undefined;
  readonly capacity: Capacity;
  readonly policy: Policy;
  readonly spans: readonly PromptSpanChoice[];
  readonly promptReasons: readonly Sayable[];
  readonly projection: PlanProjection;
  readonly proof: PlanProof;
  readonly seen: OperatorsSeen | undefined;
  /** The plan is for other targets, or other assumptions, than the line's own. */
  readonly whatIf: boolean;
  readonly grounds: NonNullable<PlanDocument['grounds']>;
  readonly madeWith: NonNullable<PlanDocument['madeWith']>;
  readonly factors: NonNullable<PlanDocument['factors']>;
  /** What the plan was asked to take otherwise than the settings have it. */
  readonly asked: NonNullable<PlanDocument['whatIf']>;
  readonly sensitivities: readonly NonNullable<PlanDocument['tenths']>[number][];
  readonly seed: number;
  readonly createdAtMillis: number;
  readonly dataHash: string;
  /** What is unusual about the figures that the plan rests on. */
  readonly unusual: readonly Sayable[];
  readonly assumptions: readonly Sayable[];
  readonly notices: readonly Sayable[];
}
