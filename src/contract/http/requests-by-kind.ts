import type { JobKind } from './job.ts';
import type {
  AccuracyRequest,
  CompareRequest,
  DivertRequest,
  ForecastRequest,
  LeversRequest,
  OutlookRequest,
  PlanRequest,
  RequirementRequest,
  SimulateRequest,
  TopicsRequest,
} from './job-requests.ts';
import type { RepairRequest, RosterRequest } from './roster-requests.ts';

/** What each kind of job is asked. */
export interface RequestsByKind {
  readonly plan: PlanRequest;
  readonly forecast: ForecastRequest;
  readonly topics: TopicsRequest;
  readonly outlook: OutlookRequest;
  readonly accuracy: AccuracyRequest;
  readonly divert: DivertRequest;
  readonly levers: LeversRequest;
  readonly requirement: RequirementRequest;
  readonly simulate: SimulateRequest;
  readonly compare: CompareRequest;
  readonly roster: RosterRequest;
  readonly repair: RepairRequest;
  /** A line at a glance is asked nothing. */
  readonly overview: Readonly<Record<string, never>>;
}

/** A kind of job with its request, validated already. */
export type AskedJob<Kind extends JobKind = JobKind> = {
  readonly [Each in Kind]: { readonly kind: Each; readonly request: RequestsByKind[Each] };
}[Kind];
