<?php
/**
 * Rows in key order.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Command `db.rows`. Pages by key whose length follows the size of the rows; results are not buffered.
 */
final class Nachtwacht_Db_Rows {
	const PAGE_BYTES = 2097152;
	const PAGE_ROWS  = 10000;
	const CHUNK      = 262144;

	/**
	 * The command.
	 *
	 * @var Nachtwacht_Command
	 */
	private $command;

	/**
	 * Rows told.
	 *
	 * @var int
	 */
	private $rows = 0;

	/**
	 * Most rows of the answer.
	 *
	 * @var int
	 */
	private $max_rows;

	/**
	 * Command `db.rows`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function tell( Nachtwacht_Command $command ) {
		$self           = new self();
		$self->command  = $command;
		$self->max_rows = $command->args->int( 'max_rows', PHP_INT_MAX, 1 );
		$reads          = $command->args->objects( 'reads', 10000 );
		$from           = $command->args->has( 'from' ) ? new Nachtwacht_Args( $command->args->raw( 'from' ) ) : null;
		$count          = count( $reads );
		for ( $i = null === $from ? 0 : $from->int( 'i' ); $i < $count; $i++ ) {
			$after = null !== $from && $i === $from->int( 'i' ) ? $from->raw( 'after' ) : null;
			try {
				$next = $self->one( $reads[ $i ], $i, $after );
			} catch ( Nachtwacht_Failure $failure ) {
				$command->table_error( $failure, array(
					'i'     => $i,
					'table' => $reads[ $i ]->raw( 'table' ),
				) );
				$next = null;
			}
			if ( null !== $next ) {
				return array(
					'next' => array(
						'i'     => $i,
						'after' => $next,
					),
				);
			}
			if ( $i + 1 < $count && ( $self->rows >= $self->max_rows || $command->budget->spent( $command->answer->sent ) ) ) {
				return array(
					'next' => array(
						'i'     => $i + 1,
						'after' => null,
					),
				);
			}
		}
		return array( 'next' => null );
	}

	/**
	 * One read.
	 *
	 * @param Nachtwacht_Args $read  The read.
	 * @param int             $i     Its index.
	 * @param mixed           $after Key to go on after.
	 * @return array|null Key of the last row when the read is not finished.
	 */
	private function one( Nachtwacht_Args $read, $i, $after ) {
		$table   = $this->command->table( $read->raw( 'table' ) );
		$stored  = $table->stored();
		$columns = array_column( $stored, 'n' );
		$select  = array();
		foreach ( $stored as $column ) {
			$select[] = Nachtwacht_Db_Table::read_sql( $column );
		}
		$parts = array( 'TRUE' );
		if ( $read->has( 'groups' ) ) {
			$parts = $table->groups_sql( $read->raw( 'groups' ), $read->int( 'width', null, 1, 1 << 53 ) );
		}
		$range = $table->range_sql( $read->raw( 'lo' ), $read->raw( 'hi' ) );
		$sql   = 'SELECT ' . implode( ',', $select ) . ' FROM ' . Nachtwacht_Db::name( $table->name ) . " WHERE $range";
		$this->command->answer->record( array(
			'i'     => $i,
			'table' => $table->name,
			'cols'  => $columns,
		) );
		if ( array() === $table->key ) {
			$this->page( $sql, array(), null );
			$this->end( $i, null );
			return null;
		}
		$places = array();
		foreach ( $table->key as $name ) {
			$places[] = array_search( $name, $columns, true );
		}
		$order = ' ORDER BY ' . implode( ',', array_map( array( 'Nachtwacht_Db', 'name' ), $table->key ) ) . ' LIMIT ';
		$last  = $after;
		foreach ( $parts as $part ) {
			$limit = 200;
			do {
				$limit = min( $limit, max( 1, $this->max_rows - $this->rows ) );
				$where = " AND $part" . ( null === $last ? '' : ' AND ' . $table->compare_sql( $last, true ) );
				$page  = $this->page( $sql . $where . $order . $limit, $places, $last );
				$last  = $page['last'];
				if ( $page['rows'] === $limit && ( $this->rows >= $this->max_rows || $this->command->budget->spent( $this->command->answer->sent ) ) ) {
					return $last;
				}
				$full  = $page['rows'] === $limit;
				$limit = (int) max( 10, min( self::PAGE_ROWS, $limit * 4, $limit * self::PAGE_BYTES / max( 1, $page['bytes'] ) ) );
			} while ( $full );
		}
		$this->end( $i, $last );
		return null;
	}

	/**
	 * Says that a read is finished.
	 *
	 * @param int        $i    Index of the read.
	 * @param array|null $last Last key.
	 */
	private function end( $i, $last ) {
		$this->command->answer->record( array(
			'i'    => $i,
			'end'  => true,
			'last' => $last,
		) );
	}

	/**
	 * One page.
	 *
	 * @param string     $sql    SQL.
	 * @param int[]      $places Places of the key columns.
	 * @param array|null $last   Key before the page.
	 * @return array{rows: int, bytes: int, last: array|null}
	 * @throws Nachtwacht_Failure 'db-error'.
	 */
	private function page( $sql, array $places, $last ) {
		$db     = $this->command->db();
		$result = $db->run( $sql, MYSQLI_USE_RESULT );
		$chunk  = '';
		$bytes  = 0;
		$rows   = 0;
		$row    = null;
		while ( true ) {
			$next = $result->fetch_row();
			if ( ! is_array( $next ) ) {
				break;
			}
			$row = $next;
			++$rows;
			$chunk .= nachtwacht_row_bytes( $row );
			if ( strlen( $chunk ) >= self::CHUNK ) {
				$bytes += strlen( $chunk );
				$this->command->answer->bytes( $chunk );
				$chunk = '';
			}
		}
		$errno = (int) $db->link->errno;
		$result->free();
		if ( 0 !== $errno ) {
			throw $db->failure();
		}
		$bytes += strlen( $chunk );
		$this->command->answer->bytes( $chunk );
		$this->rows += $rows;
		if ( null !== $row && array() !== $places ) {
			$last = array();
			foreach ( $places as $place ) {
				$cell   = (string) $row[ $place ];
				$last[] = 1 === preg_match( '//u', $cell ) ? array( 't' => $cell ) : array( 'b' => base64_encode( $cell ) );
			}
		}
		return array(
			'rows'  => $rows,
			'bytes' => $bytes,
			'last'  => $last,
		);
	}
}
