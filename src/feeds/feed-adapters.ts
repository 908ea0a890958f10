import type { FeedKind } from '../contract/documents/feed-documents.ts';
import { parseMapFile } from '../ingest/columns/map-file.ts';
import { asteriskManager } from './asterisk-events.ts';
import { isRecord, recordLegs } from './call-records.ts';
import { orMetrics } from './connect-metrics.ts';
import { connect } from './connect.ts';
import type { FeedAdapter } from './feed-adapter.ts';
import { freeswitchEvents, freeswitchRecords } from './freeswitch.ts';
import { beginningOf, notThere } from './follow-file.ts';
import { genesys } from './genesys.ts';
import { queueLogLegs, readLog, rereadLog } from './queue-log.ts';
import { sqlQuery } from './sql-query.ts';
import { readFolder } from './watch-folder.ts';

/** The log of Asterisk's queues, as it is written. */
const queueLog: FeedAdapter = {
  handle: true,
  legsOf: queueLogLegs,
  isPassing: (event) => event.startsWith('RING', event.indexOf('|') + 1),
  begin: ({ from }) => beginningOf(from),
  again: () => ({ cursor: notThere }),
  read: (ground) => readLog(ground.settings.from, ground),
  reread: (ground, span) => rereadLog(ground.settings.from, ground, span),
};

/** Every way in: a further one is its file and its line here, and its name in the contract. */
export const feedAdapters: Readonly<Record<FeedKind, FeedAdapter>> = {
  'queue-log': queueLog,
  folder: {
    handle: false,
    legsOf: recordLegs,
    replaces: isRecord,
    check: ({ map }) => void (map === undefined || parseMapFile(map)),
    again: () => ({ cursor: undefined }),
    read: readFolder,
  },
  push: { handle: false, legsOf: recordLegs, replaces: isRecord },
  sql: sqlQuery,
  cdr: freeswitchRecords,
  esl: freeswitchEvents,
  ami: asteriskManager,
  connect: orMetrics(connect),
  genesys,
};
