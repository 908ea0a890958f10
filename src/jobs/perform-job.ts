import type { ForecastRequest } from '../contract/http/job-requests.ts';
import type { JobKind } from '../contract/http/job.ts';
import type { AskedJob, RequestsByKind } from '../contract/http/requests-by-kind.ts';
import { methodNames } from '../forecast/forecast-types.ts';
import { UsageError } from '../kernel/errors.ts';
import { compareLevers } from '../planning/compare-levers.ts';
import { compareWeek } from '../planning/compare-week.ts';
import { divertPlan } from '../planning/divert-plan.ts';
import { explainRequirement } from '../planning/explain-requirement.ts';
import { forecastDays } from '../planning/forecast-days.ts';
import { measureAccuracy } from '../planning/measure-accuracy.ts';
import { makeRoster } from '../planning/make-roster.ts';
import { outlookLine } from '../planning/run-outlook.ts';
import { planWeek } from '../planning/plan-week.ts';
import type { Ports } from '../planning/ports.ts';
import { repairRoster } from '../planning/repair-roster.ts';
import { forecastByTopic } from '../planning/forecast-by-topic.ts';
import { runScenario } from '../planning/run-scenario.ts';
import { jobFinding } from './job-findings.ts';
import type { TaskAnswer } from './job-queue.ts';
import { overviewLine } from './overview-line.ts';

/** Does what an order asks for. A plan is stored under a name made of its content, so twice is as good as once. */
export const performJob = <Kind extends JobKind>(
  ports: Ports,
  { kind, request }: AskedJob<Kind>,
): Promise<TaskAnswer> => work[kind](ports, request);

const asJson = async (document: Promise<unknown>): Promise<TaskAnswer> => ({
  json: JSON.stringify(await document),
});

type Work = {
  readonly [Kind in JobKind]: (ports: Ports, request: RequestsByKind[Kind]) => Promise<TaskAnswer>;
};

const work: Work = {
  plan: async (ports, request) => ({ path: `/plans/${(await planWeek(ports, request)).id}` }),
  forecast: (ports, request) => asJson(forecast(ports, request)),
  topics: (ports, request) => asJson(forecastByTopic(ports, request)),
  outlook: (ports, request) => asJson(outlookLine(ports, request)),
  accuracy: (ports, request) => asJson(measureAccuracy(ports, request)),
  divert: (ports, request) => asJson(divertPlan(ports, request)),
  levers: (ports, request) => asJson(compareLevers(ports, request)),
  requirement: (ports, request) => asJson(explainRequirement(ports, request)),
  simulate: (ports, request) => asJson(runScenario(ports, request)),
  roster: async (ports, request) => ({ path: `/rosters/${(await makeRoster(ports, request)).id}` }),
  repair: (ports, request) => asJson(repairRoster(ports, request)),
  overview: (ports) => asJson(overviewLine(ports)),
  compare: (ports, request) => asJson(compareWeek(ports, request)),
};

const forecast = async (ports: Ports, { method, ...request }: ForecastRequest) => {
  const known = (['auto', ...methodNames] as const).find((name) => name === method);
  if (known === undefined)
    throw new UsageError(
      jobFinding('no-such-forecast-method', { method, methods: ['auto', ...methodNames] }),
    );
  return forecastDays(ports, { ...request, method: known });
};
