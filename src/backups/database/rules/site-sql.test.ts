import { describe, expect, test } from 'vitest';
import { faultOfSql, type SqlFault, type SqlKind } from './site-sql.ts';

const table = (rest: string): string => `CREATE TABLE \`wp_a\` (\n  \`id\` int(11) NOT NULL${rest}`;
const body = (text: string): string => `CREATE PROCEDURE \`p\`() ${text}`;

describe('SQL as servers print it is taken', () => {
  test.each<[what: string, kind: SqlKind, text: string, mode?: string]>([
    ['a table', 'table', table(',\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4')],
    ['odd names', 'table', 'CREATE TABLE `a``; SELECT` (\n `o\\dd `` name, (x)#` int DEFAULT NULL)'],
    ['odd texts', 'table', table(" DEFAULT 'it''s; \\'SELECT\\' \\\\' COMMENT '-- /* # é')")],
    ['a text over lines', 'table', table(" COMMENT 'a\ndelimiter ;\n\\\\! b')")],
    ['partitions as code', 'table', table(")\n/*!50100 PARTITION BY LIST (`id`)\n(PARTITION a VALUES IN (1,'x')) */")],
    ['partitions by range', 'table', table(') PARTITION BY RANGE (`id`) (PARTITION `a` VALUES LESS THAN (5))')],
    ['MariaDB code', 'table', table(" /*M!100301 COMPRESSED */ DEFAULT (1 - -1) CHECK (`id` <> ';'))")],
    ['a view', 'view', "CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `v` AS select ';;' AS `;`,1 - -1 AS `b`"],
    ['a view with a hint', 'view', 'CREATE VIEW `v` AS select /*+ MAX_EXECUTION_TIME(10) @`a` */ 1'],
    [
      'a definer',
      'view',
      "CREATE OR REPLACE DEFINER=`o``x`@`%` SQL SECURITY INVOKER VIEW `v` (`a`) AS select 'it\\'s'",
    ],
    [
      'a trigger',
      'trigger',
      'CREATE TRIGGER wp_t BEFORE INSERT ON wp_a FOR EACH ROW SET NEW.a = 1 -- why\n + IF(NEW.b, 2, 3);',
    ],
    [
      'a trigger of one IF',
      'trigger',
      'CREATE TRIGGER `t` AFTER UPDATE ON `a` FOR EACH ROW FOLLOWS `s` IF NEW.end <> OLD.`begin` THEN INSERT INTO x VALUES (1); ELSEIF (CASE WHEN 1 THEN 2 END) THEN BEGIN END; ELSE SET @a = CASE 1 WHEN 2 THEN 3 END; END IF',
    ],
    [
      'a function',
      'routine',
      "CREATE FUNCTION `f`(a varchar(20), delimiter char(1)) RETURNS varchar(20) CHARSET utf8mb4 COLLATE utf8mb4_bin NO SQL\n    DETERMINISTIC\n    SQL SECURITY INVOKER\n    COMMENT 'a; b' RETURN CONCAT(a, ';')",
    ],
    ['an aggregate function', 'routine', 'CREATE AGGREGATE FUNCTION `f`(x int) RETURNS int BEGIN RETURN 1; END'],
    [
      'every block',
      'routine',
      `CREATE PROCEDURE \`p\`(IN a int, OUT b set('x','y'))
        MODIFIES SQL DATA
      top: BEGIN
        DECLARE done, begin_at INT DEFAULT 0;
        DECLARE c CURSOR FOR SELECT id FROM wp_posts;
        DECLARE CONTINUE HANDLER FOR NOT FOUND, SQLSTATE VALUE '23000', 1062 SET done = 1;
        DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END;
        OPEN c; # a comment; with a semicolon
        \`rows\`: LOOP
          FETCH c INTO a; /* another; */
          IF done THEN LEAVE \`rows\`; END IF;
          CASE a WHEN 1 THEN SELECT 1; WHEN 2 THEN BEGIN SELECT 2; END; ELSE SELECT CASE a WHEN 1 THEN 2 END; END CASE;
          CASE WHEN a > 1 THEN SET b = 1; END CASE;
        END LOOP \`rows\`;
        w: WHILE a < 5 DO SET a = a + 1; END WHILE w;
        REPEAT SET a = a - 1; UNTIL a = 0 END REPEAT;
        FOR i IN 1..3 DO BEGIN NOT ATOMIC SELECT i; END; END FOR;
        SELECT REPEAT('x', 3), IF(a, 'begin', 'end') AS end;
      END top`,
    ],
    [
      'an event',
      'event',
      "CREATE EVENT `e` ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01 00:00:00' ON COMPLETION NOT PRESERVE ENABLE COMMENT 'do; it' DO DELETE FROM wp_a",
    ],
    ['an event with a block', 'event', 'CREATE EVENT `e` ON SCHEDULE EVERY (1 + 1) HOUR DO BEGIN DELETE FROM a; END;'],
    ['a backslash that is none', 'routine', body("SELECT '\\'"), 'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES'],
    ['names in double quotes', 'routine', 'CREATE PROCEDURE "p"() SELECT "a;b", \'it\\\'s\'', 'ANSI_QUOTES'],
  ])('%s', (_what, kind, text, mode) => {
    expect(faultOfSql(kind, text, mode)).toBeUndefined();
  });
});

describe('anything else is refused', () => {
  test.each<[fault: SqlFault, kind: SqlKind, text: string, mode?: string]>([
    ['other-kind', 'table', ''],
    ['other-kind', 'table', 'DROP TABLE `a`'],
    ['other-kind', 'table', 'CREATE TABLE IF NOT EXISTS `a` (`id` int)'],
    ['other-kind', 'table', 'CREATE TEMPORARY TABLE `a` (`id` int)'],
    ['other-kind', 'table', 'CREATE OR REPLACE TABLE `a` (`id` int)'],
    ['other-kind', 'table', 'CREATE TABLE a (`id` int)'],
    ['other-kind', 'table', 'CREATE TABLE `mysql`.`a` (`id` int)'],
    ['other-kind', 'table', 'CREATE TABLE `a` (LIKE `mysql`.`user`)'],
    ['other-kind', 'table', '/*!50000 DROP DATABASE x */ CREATE TABLE `a` (`id` int)'],
    ['reads-rows', 'table', table(') AS SELECT * FROM mysql.user')],
    ['reads-rows', 'table', table(') /*!50000 select */ * FROM mysql.user')],
    ['reads-rows', 'table', table(') TABLE mysql.user')],
    ['reads-rows', 'table', table(') VALUES ROW(1)')],
    ['second-statement', 'table', table('); DROP DATABASE x')],
    ['second-statement', 'table', table(');')],
    ['second-statement', 'table', table(') /*!99999 ; */')],
    ['unterminated', 'table', table(" DEFAULT 'a)")],
    ['unterminated', 'table', table(' DEFAULT `a)')],
    ['unterminated', 'table', table(' DEFAULT "a)')],
    ['unterminated', 'table', table(") COMMENT 'a\\'")],
    ['unterminated', 'table', table(') /* a')],
    ['unterminated', 'table', table(') /*!50100 PARTITION')],
    // What comes behind would be part of the comment.
    ['unterminated', 'table', table(') -- a')],
    ['unterminated', 'table', table(') # a\n')],
    // A server that skips the comment ends it inside our string.
    ['unterminated', 'table', table(") /*!99999 ' */ SELECT 1 /*!99999 ' */")],
    ['unterminated', 'table', table(') /*!50100 # */ SELECT 1\n*/')],
    ['ambiguous', 'table', table(') /*!50100 /* a */ b */')],
    ['ambiguous', 'table', table(') /*!50100 a /*/ b */')],
    ['ambiguous', 'table', table(') /*+ a; */')],
    ['ambiguous', 'table', table(') --\u0001 a')],
    ['ambiguous', 'table', table(" DEFAULT 'a\0')")],
    ['ambiguous', 'table', 'CREATE TABLE `a` (`b\\``c` int)'],
    ['client-command', 'table', table(') \\! id')],
    ['client-command', 'table', table(') /*!50100 \\! id\n*/')],
    ['client-command', 'table', table(')\n \tDelimiter $$')],
    ['other-kind', 'view', 'CREATE TABLE `v` (`id` int)'],
    ['other-kind', 'view', 'CREATE USER `v`'],
    ['other-kind', 'view', 'CREATE PROCEDURE `v`() SELECT 1'],
    ['other-kind', 'trigger', 'CREATE VIEW `v` AS SELECT 1'],
    ['other-kind', 'routine', "CREATE FUNCTION `f` RETURNS STRING SONAME 'evil.so'"],
    ['other-database', 'view', 'CREATE VIEW `other`.`v` AS SELECT 1'],
    ['other-database', 'event', 'CREATE EVENT other . e ON SCHEDULE EVERY 1 DAY DO SELECT 1'],
    ['second-statement', 'view', 'CREATE VIEW `v` AS SELECT 1; DROP DATABASE x'],
    ['second-statement', 'view', 'CREATE VIEW `v` AS SELECT 1;;'],
    ['client-command', 'view', 'CREATE VIEW `v` AS SELECT 1\ndelimiter ;'],
    ['client-command', 'view', "CREATE VIEW `v` AS SELECT '\\'\\! id", 'NO_BACKSLASH_ESCAPES'],
    ['second-statement', 'view', 'CREATE VIEW `v` AS SELECT "\\"; DROP DATABASE x; -- "', 'ansi'],
    ['ambiguous', 'view', 'CREATE VIEW `v` AS SELECT /*!50000 1 */'],
    ['ambiguous', 'view', 'CREATE VIEW `v` AS SELECT /*+ \\! id\n */ 1'],
    ['second-statement', 'trigger', 'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @a = 1; DROP DATABASE x'],
    ['second-statement', 'event', 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1; DROP DATABASE x'],
    ['second-statement', 'routine', body('SELECT 1; DROP DATABASE x')],
    ['second-statement', 'routine', body('BEGIN END; DROP DATABASE x; BEGIN END')],
    ['second-statement', 'routine', body('SELECT 1 AS begin; DROP DATABASE x; END')],
    ['second-statement', 'routine', body('UPDATE t begin SET a = 1; DROP DATABASE x; END')],
    ['second-statement', 'routine', body('COMMENT \'\' SELECT 1 AS deterministic, "begin"; DROP DATABASE x; END')],
    ['second-statement', 'routine', body('IF 1 THEN SELECT 1; END IF; DROP DATABASE x; END IF')],
    ['ambiguous', 'routine', body('BEGIN SELECT 1;; DROP DATABASE x; END')],
    [
      'ambiguous',
      'routine',
      body('IF CASE WHEN end THEN begin ELSE 2 END THEN SELECT 1; END IF; DROP DATABASE x; END'),
    ],
    ['ambiguous', 'routine', body('x: SELECT 1')],
    ['second-statement', 'routine', body('a: BEGIN LOOP SELECT 1; END LOOP; END b')],
    ['second-statement', 'routine', body('BEGIN SELECT 1; END LOOP')],
    ['ambiguous', 'routine', body('/*!99999 BEGIN */ SELECT 1; DROP DATABASE x; /*!99999 END */')],
    ['ambiguous', 'routine', body('IS BEGIN SELECT 1; END'), 'ORACLE'],
    // No letter outside ASCII is part of a keyword, though its capital is.
    ['second-statement', 'routine', body('beg\u0131n SELECT 1; DROP DATABASE x; END')],
  ])('%s: %s %j', (fault, kind, text, mode) => {
    expect(faultOfSql(kind, text, mode)).toBe(fault);
  });
});

// As long as an answer lets them be (connector/answers.ts).
test.each<[what: string, kind: SqlKind, text: string]>([
  ['parentheses', 'routine', body('SELECT '.padEnd(4e6, '('))],
  ['one text', 'table', table(` COMMENT '${'\\'.repeat(1e6)}`)],
  ['the delimiter on one line', 'view', `CREATE VIEW \`v\` AS SELECT${' delimiter'.repeat(4e5)}`],
  ['comments', 'view', `CREATE VIEW \`v\` AS SELECT${'/**/'.repeat(1e6)}`],
  ['code', 'table', table('/*!1*/'.repeat(160_000))],
  ['blocks in blocks', 'routine', body('BEGIN '.repeat(600_000))],
  ['blocks', 'routine', body(`BEGIN ${'BEGIN END;'.repeat(4e5)} END`)],
])('%s without end hold nothing up', (_what, kind, text) => {
  const before = performance.now();
  faultOfSql(kind, text);
  expect(performance.now() - before).toBeLessThan(1500);
});
