/** What is asked again and again is found by an index, however much there is. */
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { nullLogger } from '../../../src/logger.ts';
import { serverMigrations } from '../../../src/server/server-migrations.ts';

const QUESTIONS: readonly string[] = [
  "from chat where room = 'hall' and recipient is null order by seq desc limit 100",
  "from chat where room = 'hall' and (recipient is null or recipient = 'ann' or author = 'ann') and seq < 9 order by seq desc limit 100",
  "from chat where room = 'hall' and recipient is null and seq > 9 order by seq limit 100",
  "from chat where room = 'hall' and rev > 9 order by rev limit 100",
  'from recordings order by started_at desc, id desc limit 50',
  "from recordings where room = 'hall' order by started_at desc, id desc limit 50",
  "from recordings where owner = 'ann' order by started_at desc, id desc limit 50",
  "from recordings where state = 'ready' order by started_at desc, id desc limit 50",
  "from renders where recording = 'r1' order by created_at desc, id desc",
  "from events where seq > 9 and seq <= 1009 and room in ('hall') order by seq limit 100",
  'from events where at < 9 order by at limit 1000',
  'from audit where id < 9 order by id desc limit 100',
];

it.each(QUESTIONS)('%s', async (question) => {
  const database = await Database.open({ path: ':memory:', migrations: serverMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  const { rows } = await sql<{ detail: string }>`${sql.raw(`explain query plan select * ${question}`)}`.execute(
    database.tables(),
  );
  const plan = rows.map(({ detail }) => detail).join('; ');
  expect(plan).toMatch(/USING (?:INDEX|INTEGER PRIMARY KEY)/);
  expect(plan).not.toContain('TEMP B-TREE');
});
