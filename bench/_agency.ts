// An agency with thousands of sites and a year behind it, written straight into the database: the ground of the console's
// benchmark and of looking at its screens. The same seed gives the same agency; only `now` moves it in time.
import type { Pool } from 'pg';
import { customerNames, pluginNames, siteName } from './_names.ts';

export interface AgencyOptions {
  sites: number;
  /** Days of history: a snapshot and a duty for each day and site. */
  days: number;
  now: Date;
  timeZone: string;
}

interface SeededSite {
  id: string;
  url: string;
  customer: string;
  plan: 'daily' | 'hourly';
  paired: boolean;
  paused: boolean;
  filesBytes: number;
  databaseBytes: number;
  inventory: unknown[];
  /** What is wrong with it, if anything. */
  trouble: Trouble | null;
}

type Trouble = 'overdue' | 'failed' | 'incomplete' | 'damaged' | 'running' | 'queued';

/** A small generator of numbers below 1 (mulberry32): the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Which sites (of every thousand) have which trouble: enough of each to see it, few enough to be an ordinary morning. */
const troubles: [Trouble, number][] = [
  ['overdue', 3],
  ['failed', 2],
  ['incomplete', 1],
  ['damaged', 1],
  ['running', 2],
  ['queued', 1],
];

function makeSites(count: number): SeededSite[] {
  const roll = dice(20261125);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
  const owners = customerNames(Math.ceil(count * 0.6));
  return Array.from({ length: count }, (_, at): SeededSite => {
    const name = siteName(at);
    const place = (at * 7) % 1000;
    let until = 0;
    const trouble = troubles.find(([, share]) => place < (until += share))?.[0] ?? null;
    const wordpress = pick(['6.8.3', '6.9.1', '6.9.1', '7.0.2', '7.0.2', '7.0.2', '7.0.3', '6.4.5']);
    const php = pick(['8.3.14', '8.3.14', '8.2.29', '8.4.1', '8.1.33', '7.4.33']);
    const plugins = new Set(Array.from({ length: 12 + Math.floor(roll() * 18) }, () => pick(pluginNames)));
    return {
      id: `seed${at.toString(36).padStart(8, '0')}`,
      url: `https://${name}`,
      customer: owners[Math.floor(roll() * owners.length)] as string,
      plan: roll() < 0.1 ? 'hourly' : 'daily',
      paired: trouble !== null || roll() > 0.003,
      paused: trouble === null && roll() < 0.002,
      filesBytes: Math.floor(roll() ** 4 * (roll() < 0.01 ? 5.6e9 : 4e9)) + 4e7,
      databaseBytes: Math.floor(roll() ** 3 * 6e8) + 2e6,
      trouble,
      inventory: [
        { kind: 'core', version: wordpress, multisite: false },
        {
          kind: 'php',
          version: php,
          sapi: 'fpm-fcgi',
          extensions: ['curl', 'gd', 'intl', 'mbstring', 'mysqli', 'zip'],
        },
        { kind: 'database', version: '10.11.6-MariaDB', prefix: 'wp_' },
        ...[...plugins].map((plugin) => ({
          kind: 'plugin',
          file: `${plugin}/${plugin}.php`,
          name: plugin.replaceAll('-', ' '),
          version: `${1 + Math.floor(roll() * 11)}.${Math.floor(roll() * 9)}.${Math.floor(roll() * 4)}`,
          author: 'the makers of it',
          active: roll() > 0.1,
        })),
        { kind: 'theme', file: 'twentytwentyfive', name: 'Twenty Twenty-Five', version: '1.2', active: true },
      ],
    };
  });
}

/** Fills an empty, migrated database. About a minute for 3,000 sites and 365 days. */
export async function seedAgency(pool: Pool, options: AgencyOptions, tell: (line: string) => void): Promise<void> {
  const sites = makeSites(options.sites);
  await insertSites(pool, sites, options);
  tell(`  ${sites.length} sites`);
  const facts = [sites.map((site) => site.id), options.now, options.timeZone] as const;
  // Day by day in pieces, so that no statement is huge. ($4, $5: days back, from and until.)
  for (let day = 0; day < options.days; day += 30) {
    const last = Math.min(day + 29, options.days - 1);
    await pool.query(dailyHistory, [...facts, day, last, options.days]);
  }
  const hourly = sites.filter((site) => site.plan === 'hourly' && site.paired).map((site) => site.id);
  await pool.query(hourlyHistory, [hourly, options.now]);
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from snapshots');
  tell(`  ${rows[0]?.n} snapshots with their duties and runs`);
  await makeTrouble(pool, sites, options.now);
  await pool.query('vacuum analyze');
}

async function insertSites(pool: Pool, sites: SeededSite[], { now, days }: AgencyOptions): Promise<void> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const customers = [...new Set(sites.map((site) => site.customer))];
  await pool.query(
    `insert into customers (id, name, created_at) select 'c' || at, name, $2
     from unnest($1::text[]) with ordinality as c (name, at)`,
    [customers, since],
  );
  for (let at = 0; at < sites.length; at += 500) {
    await pool.query(
      `insert into sites (id, customer_id, url, backup_plan, limit_bytes, created_at, paired_at, paired_url, key_id, private_key,
         wordpress_version, multisite, last_contact_at, inventory, inventory_at, files, files_bytes, database_bytes, tables, measured_at)
       select s.id, c.id, s.url, s.plan, 5000000000, $2, case when s.paired then $2::timestamptz end, s.url, 'seed', '\\x00',
         s.inventory->0->>'version', false, $3, case when s.paired then s.inventory end, $3,
         18000, s."filesBytes", s."databaseBytes", 42, case when s.paired then $3::timestamptz end
       from jsonb_to_recordset($1) as s (id text, url text, customer text, plan text, paired boolean, "filesBytes" bigint,
         "databaseBytes" bigint, inventory jsonb) join customers c on c.name = s.customer`,
      [JSON.stringify(sites.slice(at, at + 500)), since, now],
    );
  }
  await pool.query(`insert into backup_settings (site_id, paused) select unnest($1::text[]), true`, [
    sites.filter((site) => site.paused).map((site) => site.id),
  ]);
}

/** Figures as a backup leaves them, growing a little from day to day. */
const figuresOf = (day: string): string => `jsonb_build_object('files', 18000 - ${day} * 3, 'folders', 2100, 'links', 0,
  'fileBytes', 900000000 - ${day} * 400000, 'filesFetched', 12, 'filesReused', 17900, 'filesHashed', 600,
  'fileBytesFetched', 1400000, 'tables', 42, 'rows', 91000 - ${day} * 20, 'databaseBytes', 61000000 - ${day} * 9000,
  'ranges', 260, 'rangesChanged', 7, 'databaseBytesFetched', 700000, 'wireUp', 40000, 'wireDown', 2300000, 'requests', 31,
  'bytesStored', 900000, 'blobsNew', 44, 'bytesNew', 2100000, 'attempt', 1,
  'ms', jsonb_build_object('total', 14000, 'walk', 3000, 'files', 4000, 'database', 4000, 'store', 3000))`;

/** A snapshot, its duty and its run for every paired site and day; what lies in the future is left out. */
const dailyHistory = `
  with night as materialized (
    select s.id as site, day, md5(s.id || day) as hash,
      ((date_trunc('day', $2::timestamptz at time zone $3) - make_interval(days => day)) at time zone $3) as midnight
    from unnest($1::text[]) as asked (id) join sites s on s.id = asked.id and s.paired_at is not null
    cross join generate_series($4::int, $5::int) as day
  ), made as materialized (
    select *, midnight + make_interval(mins => 30 + ('x' || left(hash, 4))::bit(16)::int % 270) as at from night
  ), past as materialized (select * from made where at < $2 and day < $6),
  runs as (
    insert into saga_runs (id, saga, subject, input, state, claim, attempt, requested_by, created_at, started_at, finished_at, result)
    select hash::uuid, 'backup-site', 'site:' || site, '{}', 'done', 1, 1, 'system:backups-due', at, at,
      at + interval '20 seconds', '{"complete": true}'
    from past where day < 40
  ), kept as (
    insert into duties (promise, kind, subject, opens_at, due, closes_at, state, settled_at, evidence)
    select 'P5', 'backup-daily', 'site:' || site, midnight, midnight + interval '6 hours', midnight + interval '1 day', 'kept',
      at + interval '20 seconds', jsonb_build_object('snapshot', hash || hash)
    from past
  )
  insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures)
  select hash || hash, site, hash::uuid::text, 'daily', at, at + interval '18 seconds', true, true, '[]', ${figuresOf('day')}
  from past`;

/** Two days of hours for the sites of the hourly plan. */
const hourlyHistory = `
  insert into snapshots (id, site_id, run_id, reason, taken_at, stored_at, consistent, complete, gaps, figures)
  select hash || hash, site, hash::uuid::text, 'hourly', at, at + interval '9 seconds', true, true, '[]', ${figuresOf('0')}
  from (
    select site, md5(site || 'hour' || hour) as hash, date_trunc('hour', $2::timestamptz) - make_interval(hours => hour)
      + make_interval(mins => ('x' || left(md5(site), 4))::bit(16)::int % 40) as at
    from unnest($1::text[]) as asked (site) cross join generate_series(0, 48) as hour
  ) h where at < $2`;

async function makeTrouble(pool: Pool, sites: SeededSite[], now: Date): Promise<void> {
  const having = (...which: Trouble[]): string[] =>
    sites.filter((site) => site.trouble !== null && which.includes(site.trouble)).map((site) => site.id);
  const late = having('overdue', 'failed');
  // Since two days nothing came in: the duty of yesterday was missed, today's is overdue.
  await pool.query(
    `delete from snapshots where site_id = any ($1) and taken_at > $2::timestamptz - interval '40 hours'`,
    [late, now],
  );
  await pool.query(
    `update duties set state = case when closes_at > $2 then 'open' else 'missed' end, settled_at = null, evidence = null,
       alarmed_at = case when closes_at > $2 then $2::timestamptz - interval '3 hours' end
     where subject in (select 'site:' || unnest($1::text[])) and due > $2::timestamptz - interval '40 hours'`,
    [late, now],
  );
  await pool.query(
    `insert into duties (promise, kind, subject, opens_at, due, closes_at, state, alarmed_at)
     select 'P5', 'backup-daily', 'site:' || id, $2::timestamptz - interval '9 hours', $2::timestamptz - interval '3 hours',
       $2::timestamptz + interval '15 hours', 'open', $2::timestamptz - interval '165 minutes' from unnest($1::text[]) as late (id)`,
    [late, now],
  );
  const alarm = `insert into alarms (code, subject, facts, raised_at, last_seen_at)
    select $2, 'site:' || id, $3::jsonb, $4::timestamptz - interval '165 minutes', $4 from unnest($1::text[]) as troubled (id)`;
  const overdue = { promise: 'P5', kind: 'backup-daily', due: new Date(now.getTime() - 3 * 3_600_000).toISOString() };
  await pool.query(alarm, [late, 'backup-daily-overdue', JSON.stringify(overdue), now]);
  const failed = {
    saga: 'backup-site',
    code: 'site-unreachable',
    message: 'The site does not answer.',
    nextStep: 'Look whether the site is up.',
  };
  await pool.query(alarm, [having('failed'), 'backup-site-failed', JSON.stringify(failed), now]);
  const gaps = { gaps: [{ code: 'files-missing', count: 3, examples: ['root:wp-content/uploads/2024/plan.pdf'] }] };
  await pool.query(alarm, [having('incomplete'), 'backup-incomplete', JSON.stringify(gaps), now]);
  await pool.query(alarm, [having('damaged'), 'backup-data-damaged', JSON.stringify({ count: 1, slice: '4/30' }), now]);
  await pool.query(
    `with live as (
       insert into saga_runs (id, saga, subject, input, state, claim, attempt, requested_by, created_at, started_at)
       select md5('live' || id)::uuid, 'backup-site', 'site:' || id, '{}', case when id = any ($2) then 'queued' else 'running' end, 2, 1,
         'person:jan@voorbeeld.nl', $3::timestamptz - interval '4 minutes',
         case when id = any ($2) then null else $3::timestamptz - interval '3 minutes' end
       from unnest($1::text[]) as busy (id) returning id, state
     )
     insert into saga_progress (run_id, progress, at)
     select id, '{"step": "fetch", "filesDone": 4211, "filesTotal": 18000, "bytesDone": 190000000}', $3 from live where state = 'running'`,
    [having('running', 'queued'), having('queued'), now],
  );
}
