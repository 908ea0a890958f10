import type { Sentence } from './sentences.ts';
import { answerSentences } from './answer.ts';
import { contractSentences } from './contract.ts';
import { diversionSentences } from './diversion.ts';
import { doorSentences } from './doors.ts';
import { forecastSentences } from './forecast.ts';
import { demoSentences } from './demo.ts';
import { ingestSentences } from './ingest/findings.ts';
import { jobSentences } from './jobs.ts';
import { kernelSentences } from './kernel.ts';
import { monitoringSentences } from './monitoring.ts';
import { planningSentences } from './planning.ts';
import { rosterSentences } from './rostering.ts';
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
