import type { ProblemWording, Sentence } from './sentences.ts';
import { diversionProblems, diversionSentences } from './diversion.ts';
import { forecastSentences } from './forecast.ts';
import { monitoringProblems, monitoringSentences } from './monitoring.ts';
import { planningProblems, planningSentences } from './planning.ts';
import { schedulingSentences } from './scheduling.ts';
import { staffingSentences } from './staffing.ts';
import { storeProblems } from './store.ts';
import { severalSentences } from './several.ts';

/** Every sentence about findings, by code. */
export const sentences: Readonly<Record<string, Sentence<never>>> = {
  ...diversionSentences,
  ...forecastSentences,
  ...monitoringSentences,
  ...planningSentences,
  ...schedulingSentences,
  ...severalSentences,
  ...staffingSentences,
};

/** What is said of every problem, by rule. */
export const problemSentences: Readonly<Record<string, ProblemWording<never>>> = {
  ...diversionProblems,
  ...monitoringProblems,
  ...planningProblems,
  ...storeProblems,
};
