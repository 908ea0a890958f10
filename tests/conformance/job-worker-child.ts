import { createTaskThread } from '../../src/jobs/task-thread.ts';
import { workOnJobs } from '../../src/jobs/work-on-jobs.ts';
import { jobTasksUrl } from './job-tasks.ts';

await workOnJobs({
  address: process.argv[2] ?? '',
  run: createTaskThread(jobTasksUrl, undefined).run,
  onEnd: () => {},
  onError: () => {},
});
process.stdout.write('ready\n');
