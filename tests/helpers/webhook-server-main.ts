/** A process that records events and sends them to a receiver until it is killed. Arguments: the database, the URL, how many. */
import { systemClock } from '../../src/util/clock.ts';
import { openWebhookServer } from './webhook-server.ts';

const [path = '', url = '', count = '0'] = process.argv.slice(2);
const { webhooks, happen } = await openWebhookServer(path, systemClock);
const { id } = await webhooks.create({ url });
await happen(Number(count));
// Whoever reads this may kill the process.
process.stdout.write(`${id}\n`);
