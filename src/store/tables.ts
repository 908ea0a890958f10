import type { Generated } from 'kysely';

/**
 * The schema as queries see it. Columns bear the records' own names (a Kysely plugin turns them into
 * snake_case); instants are epoch milliseconds, booleans 0 or 1, lists and documents JSON text.
 */
export interface Tables {
  traffic: TrafficTable;
  plans: {
    id: string;
    week: string;
    createdAt: string;
    saved: number;
    document: string;
    world: Uint8Array | null;
  };
  overrules: OverruleTable;
  results: { key: string; value: Uint8Array; bytes: number; saved: number };
  facts: { fact: string; value: string };
}

interface TrafficTable {
  queue: string;
  startMillis: number;
  intervalMinutes: number;
  offered: number;
  answered: number | null;
  abandoned: number | null;
  shortAbandoned: number | null;
  blocked: number | null;
  answeredInThreshold: number | null;
  waitSecondsTotal: number | null;
  handleSecondsTotal: number | null;
  operators: number | null;
  redials: number | null;
}

interface OverruleTable {
  id: Generated<number>;
  queue: string | null;
  date: string;
  from: string | null;
  to: string | null;
  factor: number | null;
  calls: number | null;
  reason: string;
  author: string;
}
