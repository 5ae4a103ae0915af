import type { SchemaRecord } from '../../connector/index.ts';
import { faultOfSql } from './rules/site-sql.ts';
import { quoteName } from './sql-text.ts';
import { oneLine } from './table-file.ts';

/** A view, trigger, routine or event, as the site gives it (DEFINER stripped). */
export interface SchemaObject {
  kind: 'view' | 'trigger' | 'routine' | 'event';
  name: string;
  table?: string;
  sql: string;
  /** The mode under which it was made, and has to be made again. */
  sql_mode?: string;
}

/** The records that are objects, in the order in which they can be made: routines, views by need, triggers, events. */
export function schemaObjects(records: readonly SchemaRecord[]): SchemaObject[] {
  const objects = records.flatMap(({ kind, name, table, sql, sql_mode: mode }): SchemaObject[] => {
    if (kind === 'server' || typeof name !== 'string' || typeof sql !== 'string') return [];
    const facts = {
      ...(typeof table === 'string' ? { table } : {}),
      ...(typeof mode === 'string' ? { sql_mode: mode } : {}),
    };
    return [{ kind, name, sql, ...facts }];
  });
  const of = (kind: SchemaObject['kind']): SchemaObject[] => objects.filter((object) => object.kind === kind);
  return [...of('routine'), ...orderViews(of('view')), ...of('trigger'), ...of('event')];
}

/** A view that names another comes after it. Of views that name each other in a circle any may be first. */
function orderViews(views: readonly SchemaObject[]): SchemaObject[] {
  const namedBy = viewFinder(views);
  const done = new Set<SchemaObject>();
  const entered = new Set<SchemaObject>();
  for (const view of views) {
    // A list rather than recursion: a chain of thousands of views would be too deep for it.
    const path = [view];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      if (entered.has(at)) {
        path.pop();
        done.add(at);
        continue;
      }
      entered.add(at);
      // Last in, first out: those that are named first come first.
      path.push(...[...namedBy(at.sql)].filter((other) => !entered.has(other)).toReversed());
    }
  }
  return [...done];
}

/**
 * Finds the views that an SQL text names, in one pass over it: a site may send thousands of views and megabytes of text,
 * and looking for each in each would hold the process for minutes.
 */
function viewFinder(views: readonly SchemaObject[]): (sql: string) => Set<SchemaObject> {
  const byName = new Map(views.map((view) => [view.name, view]));
  const hasOddNames = views.some((view) => view.name.includes('`'));
  return (sql) => {
    const found = new Set<SchemaObject>();
    const note = (name: string): void => {
      const view = byName.get(name);
      if (view !== undefined) found.add(view);
    };
    // What stands between any two backticks: a lone one in a text before it hides no name.
    sql.split('`').forEach(note);
    if (hasOddNames) for (const [, name = ''] of sql.matchAll(/`((?:[^`]|``)+)`/g)) note(name.replaceAll('``', '`'));
    return found;
  };
}

/**
 * SQL that makes the objects, for the mariadb or mysql program. What does more than make its object stands in about.json
 * only, from where it goes back to its own site; here is a line that says so.
 */
export function objectsFile(objects: readonly SchemaObject[]): Buffer {
  const lines = [
    '-- Views, triggers, routines and events. Written by Nachtwacht. Load the tables first.',
    'SET NAMES utf8mb4;',
    'SET @nw_mode=@@sql_mode;',
  ];
  for (const object of objects) {
    const { kind, name, sql, sql_mode: mode } = object;
    const fault = faultOfSql(kind, sql, mode ?? '');
    if (fault === undefined) lines.push(...linesOf(object));
    else lines.push(`-- Not here, in about.json: ${kind} ${oneLine(name)} (${fault}).`);
  }
  lines.push('SET sql_mode=@nw_mode;');
  return Buffer.from(`${lines.join('\n')}\n`, 'utf8');
}

/** What makes one object, whatever its SQL does besides. */
export function linesOf({ kind, name, sql, sql_mode: mode }: SchemaObject): string[] {
  const word = kind === 'routine' ? routineKind(sql) : kind.toUpperCase();
  return [
    // A trigger or routine keeps the mode of the session that makes it. A view has none, and is not read under that of the
    // routine before it: quotes could end elsewhere than where they were judged to (rules/site-sql.ts).
    `SET sql_mode='${(mode ?? '').replaceAll(/[^A-Za-z0-9_,]/g, '')}';`,
    `DROP ${word} IF EXISTS ${quoteName(name)};`,
    'DELIMITER ;;',
    `${sql.trim().replace(/;+$/, '')};;`,
    'DELIMITER ;',
  ];
}

function routineKind(sql: string): string {
  return /^\s*create\s+(?:or\s+replace\s+)?(?:aggregate\s+)?function/i.test(sql) ? 'FUNCTION' : 'PROCEDURE';
}

/** A file that loads all others in order, from within the folder: `mariadb NAME < load.sql`. */
export function loadFile(tableFiles: readonly string[]): Buffer {
  return Buffer.from(
    [
      '-- Loads the whole database. From within this folder: mariadb NAME_OF_DATABASE < load.sql',
      '-- Where the client does not allow `source`: cat tables/*.sql objects.sql | mariadb NAME_OF_DATABASE',
      ...tableFiles.map((name) => `source tables/${name}`),
      'source objects.sql',
      '',
    ].join('\n'),
    'utf8',
  );
}
