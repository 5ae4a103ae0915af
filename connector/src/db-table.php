<?php
/**
 * A table as the server describes it: columns, how each is read, and the key it is walked by.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * All names in SQL come from here, that is from the server's own lists, never from a request.
 */
final class Nachtwacht_Db_Table {
	const NUMBERS  = array( 'tinyint', 'smallint', 'mediumint', 'int', 'integer', 'bigint', 'decimal', 'numeric', 'year' );
	const INTEGERS = array( 'tinyint', 'smallint', 'mediumint', 'int', 'integer', 'bigint' );
	const DOUBLES  = array( 'float', 'double', 'real' );
	const SPATIAL  = array( 'geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon', 'geometrycollection', 'geomcollection' );
	const BYTES    = array( 'binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob' );
	const TIMES    = array( 'date', 'datetime', 'timestamp', 'time' );

	/**
	 * Name.
	 *
	 * @var string
	 */
	public $name;

	/**
	 * Facts of the server about the table.
	 *
	 * @var array
	 */
	public $facts = array();

	/**
	 * Columns: n, t, type, cs, null, gen, inv, how.
	 *
	 * @var array[]
	 */
	public $columns = array();

	/**
	 * Names of the key columns; empty when there is no key that can be walked.
	 *
	 * @var string[]
	 */
	public $key = array();

	/**
	 * Describes one table.
	 *
	 * @param Nachtwacht_Db $db   Connection.
	 * @param mixed         $name Name from a request.
	 * @return self
	 * @throws Nachtwacht_Failure 'no-table'.
	 */
	public static function find( Nachtwacht_Db $db, $name ) {
		$all = is_string( $name ) && '' !== $name && strlen( $name ) <= 256 ? self::describe( $db, ' = ' . self::utf8( $name ) ) : array();
		foreach ( $all as $table ) {
			if ( $table->name === $name && 'table' === $table->facts['kind'] ) {
				return $table;
			}
		}
		throw new Nachtwacht_Failure( 'no-table', 'There is no such table in the database.' );
	}

	/**
	 * Text for comparing with the server's own lists.
	 *
	 * @param string $text Text.
	 * @return string
	 */
	public static function utf8( $text ) {
		return '' === $text ? "''" : '_utf8mb4 x\'' . bin2hex( $text ) . "'";
	}

	/**
	 * Describes tables and views.
	 *
	 * @param Nachtwacht_Db $db    Connection.
	 * @param string        $which SQL after TABLE_NAME; '' for all.
	 * @return self[] By name.
	 */
	public static function describe( Nachtwacht_Db $db, $which = '' ) {
		$where  = 'TABLE_SCHEMA = DATABASE()' . ( '' === $which ? '' : ' AND TABLE_NAME' . $which );
		$tables = array();
		$sql    = "SELECT TABLE_NAME AS name, TABLE_TYPE AS type, ENGINE AS engine, TABLE_ROWS AS nrows, DATA_LENGTH AS data, INDEX_LENGTH AS indexes, TABLE_COLLATION AS collation_name, AUTO_INCREMENT AS auto, TABLE_COMMENT AS comment FROM information_schema.TABLES WHERE $where ORDER BY TABLE_NAME";
		foreach ( $db->all( $sql ) as $row ) {
			if ( 'SEQUENCE' === $row['type'] || 'TEMPORARY' === $row['type'] ) {
				continue;
			}
			$table        = new self();
			$table->name  = $row['name'];
			$table->facts = array(
				'kind'           => 'VIEW' === $row['type'] ? 'view' : 'table',
				'engine'         => $row['engine'],
				'rows'           => (int) $row['nrows'],
				'bytes'          => (int) $row['data'] + (int) $row['indexes'],
				'collation'      => $row['collation_name'],
				'auto_increment' => null === $row['auto'] ? null : (string) $row['auto'],
				'comment'        => (string) $row['comment'],
			);

			$tables[ $table->name ] = $table;
		}
		$sql = "SELECT TABLE_NAME AS tab, COLUMN_NAME AS name, COLUMN_TYPE AS type, DATA_TYPE AS kind, CHARACTER_SET_NAME AS cs, IS_NULLABLE AS nullable, EXTRA AS extra FROM information_schema.COLUMNS WHERE $where ORDER BY TABLE_NAME, ORDINAL_POSITION";
		foreach ( $db->all( $sql ) as $row ) {
			if ( isset( $tables[ $row['tab'] ] ) ) {
				$tables[ $row['tab'] ]->columns[] = self::column( $row );
			}
		}
		$sql = "SELECT TABLE_NAME AS tab, INDEX_NAME AS name, COLUMN_NAME AS col, SUB_PART AS part, NULLABLE AS nullable FROM information_schema.STATISTICS WHERE $where AND NON_UNIQUE = 0 ORDER BY TABLE_NAME, INDEX_NAME = 'PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX";
		$keys = array();
		foreach ( $db->all( $sql ) as $row ) {
			$keys[ $row['tab'] ][ $row['name'] ][] = $row;
		}
		foreach ( $keys as $name => $of_table ) {
			if ( isset( $tables[ $name ] ) ) {
				$tables[ $name ]->choose_key( $of_table );
			}
		}
		return $tables;
	}

	/**
	 * One column.
	 *
	 * @param array $row Row of information_schema.COLUMNS.
	 * @return array
	 */
	private static function column( array $row ) {
		$kind  = strtolower( $row['kind'] );
		$extra = strtoupper( (string) $row['extra'] );
		$how   = 'text';
		if ( in_array( $kind, self::NUMBERS, true ) ) {
			$how = 'num';
		} elseif ( in_array( $kind, self::DOUBLES, true ) ) {
			$how = 'double';
		} elseif ( 'bit' === $kind ) {
			$how = 'bit';
		} elseif ( in_array( $kind, self::SPATIAL, true ) ) {
			$how = 'geom';
		} elseif ( in_array( $kind, self::BYTES, true ) ) {
			$how = 'hex';
		}
		return array(
			'n'    => $row['name'],
			't'    => $row['type'],
			'kind' => $kind,
			'cs'   => 'json' === $kind ? 'utf8mb4' : $row['cs'],
			'null' => 'YES' === $row['nullable'],
			'gen'  => 1 === preg_match( '/\b(?:VIRTUAL|STORED|PERSISTENT)(?: GENERATED)?\b/', $extra ),
			'inv'  => false !== strpos( $extra, 'INVISIBLE' ),
			'how'  => $how,
		);
	}

	/**
	 * Chooses the primary key, else a unique key without nulls, whose order the server compares as it sorts.
	 *
	 * @param array $keys Columns by name of the unique key, the primary key first.
	 */
	private function choose_key( array $keys ) {
		foreach ( $keys as $parts ) {
			$names = array();
			foreach ( $parts as $part ) {
				$column = $this->find_column( $part['col'] );
				$usable = null !== $column && ! $column['null'] && ! $column['gen'] && null === $part['part'] && '' === (string) $part['nullable'];
				$walked = null !== $column && ( 'num' === $column['how'] || 'hex' === $column['how'] || in_array( $column['kind'], self::TIMES, true )
					|| ( null !== $column['cs'] && ! in_array( $column['kind'], array( 'enum', 'set', 'json' ), true ) ) );
				if ( ! $usable || ! $walked ) {
					continue 2;
				}
				$names[] = $column['n'];
			}
			$this->key = $names;
			return;
		}
	}

	/**
	 * A column by name.
	 *
	 * @param string|null $name Name.
	 * @return array|null
	 */
	public function find_column( $name ) {
		foreach ( $this->columns as $column ) {
			if ( $column['n'] === $name ) {
				return $column;
			}
		}
		return null;
	}

	/**
	 * Columns that are stored, in row order.
	 *
	 * @return array[]
	 */
	public function stored() {
		return array_values( array_filter( $this->columns, static function ( $column ) {
			return ! $column['gen'];
		} ) );
	}

	/**
	 * Whether the first key column is an integer, so that rows can be grouped by it.
	 *
	 * @return bool
	 */
	public function has_integer_key() {
		$first = isset( $this->key[0] ) ? $this->find_column( $this->key[0] ) : null;
		return null !== $first && in_array( $first['kind'], self::INTEGERS, true );
	}

	/**
	 * SQL that gives the raw bytes of a column (PROTOCOL.md, 'Row bytes').
	 *
	 * @param array $column  Column.
	 * @param bool  $in_text Whether it stands in a concatenation, where character sets must not meet.
	 * @return string
	 */
	public static function read_sql( array $column, $in_text = false ) {
		$name = Nachtwacht_Db::name( $column['n'] );
		switch ( $column['how'] ) {
			case 'num':
			case 'hex':
				return $name;
			case 'double':
				return "CONCAT($name + 0E0)";
			case 'bit':
			case 'geom':
				return "CAST($name AS BINARY)";
			default:
				if ( 'json' === $column['kind'] ) {
					return "CAST(CAST($name AS CHAR CHARACTER SET utf8mb4) AS BINARY)";
				}
				if ( null === $column['cs'] ) {
					return "CONCAT($name)";
				}
				return $in_text ? "CAST($name AS BINARY)" : $name;
		}
	}

	/**
	 * SQL for the hash of a row as a number ('Row sum'). Where the text would exceed max_allowed_packet the server
	 * gives NULL; then the hashes of the columns stand for them, so that a change is never missed.
	 *
	 * @return string
	 */
	public function hash_sql() {
		$lengths = array();
		$values  = array();
		$small   = array();
		foreach ( $this->stored() as $column ) {
			$read      = self::read_sql( $column, true );
			$lengths[] = "COALESCE(LENGTH($read),'N')";
			$values[]  = $read;
			$small[]   = "SHA1($read)";
		}
		$lengths = implode( ',', $lengths );
		$text    = "CONCAT_WS(',',$lengths," . implode( ',', $values ) . ')';
		$instead = "CONCAT_WS(',',$lengths," . implode( ',', $small ) . ')';
		return "CAST(CONV(LEFT(COALESCE(SHA1($text),SHA1($instead)),16),16,10) AS UNSIGNED)";
	}

	/**
	 * SQL for count and sum of the rows of a range: XOR, or the sum modulo 2^64 where there is no key.
	 *
	 * @return string
	 */
	public function sum_sql() {
		$hash = $this->hash_sql();
		$sum  = array() === $this->key
			? "CAST(MOD(COALESCE(SUM(CAST($hash AS DECIMAL(20,0))),0),18446744073709551616) AS UNSIGNED)"
			: "BIT_XOR($hash)";
		return "COUNT(*),LOWER(LPAD(HEX($sum),16,'0'))";
	}

	/**
	 * A key value of a request as SQL that compares as the column does.
	 *
	 * @param array $column Column.
	 * @param mixed $cell   {"t": text} or {"b": base64}.
	 * @return string
	 * @throws Nachtwacht_Failure 'bad-args'.
	 */
	private static function key_value( array $column, $cell ) {
		$bytes = null;
		if ( is_array( $cell ) && array( 't' ) === array_keys( $cell ) && is_string( $cell['t'] ) ) {
			$bytes = $cell['t'];
		} elseif ( is_array( $cell ) && array( 'b' ) === array_keys( $cell ) ) {
			$bytes = nachtwacht_from_base64( $cell['b'] );
		}
		if ( null === $bytes ) {
			throw Nachtwacht_Args::bad( 'key', 'a list of {"t"} or {"b"}' );
		}
		if ( 'num' === $column['how'] ) {
			if ( 1 !== preg_match( '/^-?\d{1,65}(?:\.\d{1,38})?\z/', $bytes ) ) {
				throw Nachtwacht_Args::bad( 'key', 'a number for this column' );
			}
			return $bytes;
		}
		if ( in_array( $column['kind'], self::TIMES, true ) ) {
			if ( 1 !== preg_match( '/^[0-9:. -]{1,40}\z/', $bytes ) ) {
				throw Nachtwacht_Args::bad( 'key', 'a time for this column' );
			}
			return "'" . $bytes . "'";
		}
		return ( 'hex' === $column['how'] ? '' : '_' . preg_replace( '/\W/', '', (string) $column['cs'] ) . ' ' ) . "x'" . bin2hex( $bytes ) . "'";
	}

	/**
	 * Values of a key tuple as SQL.
	 *
	 * @param mixed $tuple List of cells.
	 * @return string[]
	 * @throws Nachtwacht_Failure 'bad-args'.
	 */
	private function key_values( $tuple ) {
		if ( ! is_array( $tuple ) || array() === $this->key || count( $tuple ) !== count( $this->key ) || array_values( $tuple ) !== $tuple ) {
			throw Nachtwacht_Args::bad( 'key', 'one value for each key column' );
		}
		$values = array();
		foreach ( $this->key as $at => $name ) {
			$values[] = self::key_value( $this->find_column( $name ), $tuple[ $at ] );
		}
		return $values;
	}

	/**
	 * SQL for 'after this key' or 'up to and with this key'.
	 *
	 * @param mixed $tuple List of cells.
	 * @param bool  $after True: key > tuple. False: key <= tuple.
	 * @return string
	 */
	public function compare_sql( $tuple, $after ) {
		$values = $this->key_values( $tuple );
		$sign   = $after ? '>' : '<';
		$sql    = '';
		for ( $at = count( $values ) - 1; $at >= 0; $at-- ) {
			$name  = Nachtwacht_Db::name( $this->key[ $at ] );
			$value = $values[ $at ];
			if ( '' === $sql ) {
				$sql = $name . ( $after ? '>' : '<=' ) . $value;
			} else {
				// The first part lets the server use the index; the second decides.
				$sql = "$name$sign=$value AND ($name$sign$value OR ($sql))";
			}
		}
		return "($sql)";
	}

	/**
	 * SQL for the range (lo, hi]; TRUE without bounds.
	 *
	 * @param mixed $lo Key tuple or null.
	 * @param mixed $hi Key tuple or null.
	 * @return string
	 */
	public function range_sql( $lo, $hi ) {
		$parts = array();
		if ( null !== $lo ) {
			$parts[] = $this->compare_sql( $lo, true );
		}
		if ( null !== $hi ) {
			$parts[] = $this->compare_sql( $hi, false );
		}
		return array() === $parts ? 'TRUE' : implode( ' AND ', $parts );
	}

	/**
	 * SQL for floor(first key column / width), also right for negative keys.
	 *
	 * @param int $width At least 1.
	 * @return string
	 */
	public function group_sql( $width ) {
		$name = Nachtwacht_Db::name( $this->key[0] );
		return "($name DIV $width - ($name < 0 AND $name % $width <> 0))";
	}

	/**
	 * SQL conditions for the rows of some groups, in key order, as ranges of the key.
	 *
	 * @param mixed $groups Group numbers: integers, or decimal strings beyond 2^53.
	 * @param int   $width  At least 1.
	 * @param int   $chunk  Ranges in one condition.
	 * @return string[]
	 * @throws Nachtwacht_Failure 'bad-args'.
	 */
	public function groups_sql( $groups, $width, $chunk = 500 ) {
		if ( ! is_array( $groups ) || ! $this->has_integer_key() ) {
			throw Nachtwacht_Args::bad( 'groups', 'a list, of a table whose first key column is an integer' );
		}
		$numbers = array();
		foreach ( $groups as $group ) {
			$text = is_int( $group ) ? (string) $group : $group;
			if ( ! is_string( $text ) || 1 !== preg_match( '/^-?\d{1,20}\z/', $text ) ) {
				throw Nachtwacht_Args::bad( 'groups', 'a list of integers' );
			}
			$numbers[] = $text;
		}
		usort( $numbers, static function ( $a, $b ) {
			return (string) (int) $a === $a && (string) (int) $b === $b ? (int) $a <=> (int) $b : (float) $a <=> (float) $b;
		} );
		$name   = Nachtwacht_Db::name( $this->key[0] );
		$ranges = array();
		foreach ( $numbers as $text ) {
			$number = (int) $text;
			if ( (string) $number !== $text || abs( (float) $number * $width ) > 9.0e18 ) {
				// Beyond PHP's integers the server multiplies, in decimals.
				$ranges[] = array( null, "$name BETWEEN CAST($text AS DECIMAL(40,0))*$width AND CAST($text AS DECIMAL(40,0))*$width+" . ( $width - 1 ) );
				continue;
			}
			$from = $number * $width;
			$last = end( $ranges );
			if ( false !== $last && null !== $last[0] && $last[1] + 1 === $from ) {
				$ranges[ count( $ranges ) - 1 ][1] = $from + $width - 1;
			} else {
				$ranges[] = array( $from, $from + $width - 1 );
			}
		}
		$sql = array();
		foreach ( array_chunk( $ranges, $chunk ) as $part ) {
			$ors = array();
			foreach ( $part as $range ) {
				$ors[] = null === $range[0] ? $range[1] : "$name BETWEEN {$range[0]} AND {$range[1]}";
			}
			$sql[] = '(' . implode( ' OR ', $ors ) . ')';
		}
		return $sql;
	}
}
