import type { ProblemWording, Sentence } from './sentences.ts';
import { diversionProblems, diversionSentences } from './diversion.ts';
import { doorProblems, doorSentences } from './doors.ts';
import { forecastSentences } from './forecast.ts';
import { demoSentences } from './demo.ts';
import { doubtProblems } from './ingest/doubts.ts';
import { jobSentences } from './jobs.ts';
import { kernelProblems, kernelSentences } from './kernel.ts';
import { monitoringProblems, monitoringSentences } from './monitoring.ts';
import { planningProblems, planningSentences } from './planning.ts';
import { queueingProblems } from './queueing.ts';
import { schedulingSentences } from './scheduling.ts';
import { settingsProblems } from './settings.ts';
import { staffingSentences } from './staffing.ts';
import { storeProblems } from './store.ts';
import { severalSentences } from './several.ts';

/** Every sentence about findings, by code. */
export const sentences: Readonly<Record<string, Sentence<never>>> = {
  ...doorSentences,
  ...demoSentences,
  ...diversionSentences,
  ...forecastSentences,
  ...jobSentences,
  ...kernelSentences,
  ...monitoringSentences,
  ...planningSentences,
  ...schedulingSentences,
  ...severalSentences,
  ...staffingSentences,
};

/** What is said of every problem, by rule. */
export const problemSentences: Readonly<Record<string, ProblemWording<never>>> = {
  ...doorProblems,
  ...diversionProblems,
  ...doubtProblems,
  ...kernelProblems,
  ...monitoringProblems,
  ...planningProblems,
  ...queueingProblems,
  ...settingsProblems,
  ...storeProblems,
};
