import type { ProblemWording, Sentence } from './sentences.ts';
import { answerSentences } from './answer.ts';
import { contractProblems, contractSentences } from './contract.ts';
import { diversionProblems, diversionSentences } from './diversion.ts';
import { doorProblems, doorSentences } from './doors.ts';
import { forecastSentences } from './forecast.ts';
import { demoSentences } from './demo.ts';
import { columnProblems } from './ingest/columns.ts';
import { doubtProblems } from './ingest/doubts.ts';
import { fileProblems } from './ingest/files.ts';
import { ingestSentences } from './ingest/findings.ts';
import { recordProblems } from './ingest/records.ts';
import { rowProblems } from './ingest/rows.ts';
import { jobSentences } from './jobs.ts';
import { kernelProblems, kernelSentences } from './kernel.ts';
import { monitoredProblems } from './monitored.ts';
import { monitoringProblems, monitoringSentences } from './monitoring.ts';
import { planningProblems } from './planning-problems.ts';
import { planningSentences } from './planning.ts';
import { queueingProblems } from './queueing.ts';
import { rosterProblems, rosterSentences } from './rostering.ts';
import { schedulingSentences } from './scheduling.ts';
import { staffingSentences } from './staffing.ts';
import { severalSentences } from './several.ts';

/** Every sentence about findings, by code. */
export const sentences: Readonly<Record<string, Sentence<never>>> = {
  ...doorSentences,
  ...answerSentences,
  ...demoSentences,
  ...contractSentences,
  ...diversionSentences,
  ...forecastSentences,
  ...ingestSentences,
  ...jobSentences,
  ...kernelSentences,
  ...monitoringSentences,
  ...planningSentences,
  ...rosterSentences,
  ...schedulingSentences,
  ...severalSentences,
  ...staffingSentences,
};

/** What is said of every problem, by rule. */
export const problemSentences: Readonly<Record<string, ProblemWording<never>>> = {
  ...doorProblems,
  ...contractProblems,
  ...diversionProblems,
  ...columnProblems,
  ...doubtProblems,
  ...fileProblems,
  ...kernelProblems,
  ...monitoredProblems,
  ...monitoringProblems,
  ...planningProblems,
  ...queueingProblems,
  ...recordProblems,
  ...rosterProblems,
  ...rowProblems,
};
