/** Starts a server, says its process id (null where it cannot start), and stays until it is ended. */
import { startPostgres } from '../support/postgres-server.ts';

const server = await startPostgres();
process.stdout.write(`${JSON.stringify(server?.pid() ?? null)}\n`);
setInterval(() => {}, 1000);
