import type { ProblemWording } from './sentences.ts';
import { contractProblems } from './contract.ts';
import { diversionProblems } from './diversion.ts';
import { doorProblems } from './doors.ts';
import { columnProblems } from './ingest/columns.ts';
import { doubtProblems } from './ingest/doubts.ts';
import { fileProblems } from './ingest/files.ts';
import { recordProblems } from './ingest/records.ts';
import { rowProblems } from './ingest/rows.ts';
import { topicProblems } from './ingest/topics.ts';
import { kernelProblems } from './kernel.ts';
import { monitoredProblems } from './monitored.ts';
import { monitoringProblems } from './monitoring.ts';
import { planningProblems } from './planning-problems.ts';
import { queueingProblems } from './queueing.ts';
import { rosterProblems } from './rostering.ts';

/** What is said of every problem, by rule. Apart from the findings' sentences: a page loads it where something is wrong. */
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
  ...topicProblems,
};
