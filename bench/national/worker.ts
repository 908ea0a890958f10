import { createTaskThread } from '../../src/jobs/task-thread.ts';
import { workOnJobs } from '../../src/jobs/work-on-jobs.ts';
import { nationalTasksUrl } from './tasks.ts';

/** One worker of the dry run in a process of its own: `node worker.ts ADDRESS`, until it is told to end. */
const address = process.argv[2] ?? '';
const thread = createTaskThread(nationalTasksUrl, address);
const worker = await workOnJobs({
  address,
  run: thread.run,
  onEnd: ({ hotline, outcome, error }) => {
    if (error !== undefined)
      process.stderr.write(`${hotline} ${outcome}: ${error instanceof Error ? error.message : 'failed'}\n`);
  },
  onError: (error) => process.stderr.write(`${error.message}\n`),
});
process.stdout.write('ready\n');
// Whoever started it has died: so must it.
process.stdin.on('end', () => process.exit(1)).resume();
process.on('SIGTERM', () => {
  void worker
    .close()
    .then(() => thread.close())
    .then(() => process.exit(0));
});
