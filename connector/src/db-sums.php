<?php
/**
 * Sums of ranges and of groups of rows, computed by the server.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands `db.sums` and `db.groups`.
 */
final class Nachtwacht_Db_Sums {
	/**
	 * Command `db.sums`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function sums( Nachtwacht_Command $command ) {
		$tables = $command->args->objects( 'tables', 10000 );
		$from   = $command->args->has( 'from' ) ? new Nachtwacht_Args( $command->args->raw( 'from' ) ) : null;
		$count  = count( $tables );
		for ( $i = null === $from ? 0 : $from->int( 'table' ); $i < $count; $i++ ) {
			$first = null !== $from && $i === $from->int( 'table' ) ? $from->int( 'range' ) : 0;
			$next  = self::one( $command, $tables[ $i ], $i, $first, $i + 1 === $count );
			if ( null !== $next ) {
				return array( 'next' => $next );
			}
		}
		return array( 'next' => null );
	}

	/**
	 * Sums of one table of the list.
	 *
	 * @param Nachtwacht_Command       $command The command.
	 * @param Nachtwacht_Args          $entry   Name, bounds, lo, hi.
	 * @param int                      $i       Its index.
	 * @param int                      $first   First range.
	 * @param bool                     $is_last Whether no table follows.
	 * @param Nachtwacht_Db_Table|null $given   Table to sum instead of the one with the name.
	 * @return array|null Where to go on.
	 */
	public static function one( Nachtwacht_Command $command, Nachtwacht_Args $entry, $i, $first, $is_last, $given = null ) {
		$db   = $command->db();
		$sums = array();
		$head = array(
			'i'    => $i,
			'name' => $entry->raw( 'name' ),
			'from' => $first,
		);
		try {
			$table  = null === $given ? $command->table( $entry->raw( 'name' ) ) : $given;
			$bounds = $entry->items( 'bounds', 200000, false );
			$ranges = count( $bounds ) + 1;
			$select = 'SELECT ' . $table->sum_sql() . ' FROM ' . Nachtwacht_Db::name( $table->name ) . ' WHERE ';
			for ( $at = $first; $at < $ranges; $at++ ) {
				$lo     = 0 === $at ? $entry->raw( 'lo' ) : $bounds[ $at - 1 ];
				$hi     = $at === $ranges - 1 ? $entry->raw( 'hi' ) : $bounds[ $at ];
				$result = $db->run( $select . $table->range_sql( $lo, $hi ) );
				$row    = $result->fetch_row();
				$result->free();
				$sums[] = array( (int) $row[0], strtolower( (string) $row[1] ) );
				if ( $command->budget->spent( $command->answer->sent ) && ! ( $is_last && $at === $ranges - 1 ) ) {
					$command->answer->record( array_merge( $head, array( 'sums' => $sums ) ) );
					return $at + 1 < $ranges
						? array(
							'table' => $i,
							'range' => $at + 1,
						)
						: array(
							'table' => $i + 1,
							'range' => 0,
						);
				}
				if ( count( $sums ) >= 2000 && $at + 1 < $ranges ) {
					$command->answer->record( array_merge( $head, array( 'sums' => $sums ) ) );
					$head['from'] = $at + 1;
					$sums         = array();
				}
			}
			$command->answer->record( array_merge( $head, array( 'sums' => $sums ) ) );
		} catch ( Nachtwacht_Failure $failure ) {
			$command->table_error( $failure, $head );
		}
		return null;
	}

	/**
	 * Command `db.groups`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function groups( Nachtwacht_Command $command ) {
		$reads  = $command->args->objects( 'reads', 10000 );
		$digits = $command->args->int( 'digits', 16, 1, 16 );
		$count  = count( $reads );
		for ( $i = $command->args->int( 'from', 0 ); $i < $count; $i++ ) {
			try {
				self::group( $command, $reads[ $i ], $i, $digits );
			} catch ( Nachtwacht_Failure $failure ) {
				$command->table_error( $failure, array( 'i' => $i ) );
			}
			if ( $i + 1 < $count && $command->budget->spent( $command->answer->sent ) ) {
				return array( 'next' => $i + 1 );
			}
		}
		return array( 'next' => null );
	}

	/**
	 * Groups of one read.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @param Nachtwacht_Args    $read    The read.
	 * @param int                $i       Its index.
	 * @param int                $digits  Hex digits of the sums.
	 * @throws Nachtwacht_Failure 'bad-args'.
	 */
	private static function group( Nachtwacht_Command $command, Nachtwacht_Args $read, $i, $digits ) {
		$table = $command->table( $read->raw( 'table' ) );
		if ( ! $table->has_integer_key() ) {
			throw Nachtwacht_Args::bad( 'table', 'one whose first key column is an integer' );
		}
		$group  = $table->group_sql( $read->int( 'width', null, 1, 1 << 53 ) );
		$within = array( 'TRUE' );
		if ( $read->has( 'of' ) ) {
			$of     = new Nachtwacht_Args( $read->raw( 'of' ) );
			$within = $table->groups_sql( $of->raw( 'groups' ), $of->int( 'width', null, 1, 1 << 53 ) );
		}
		$range  = $table->range_sql( $read->raw( 'lo' ), $read->raw( 'hi' ) );
		$groups = array();
		foreach ( $within as $part ) {
			$sql    = "SELECT $group AS nw_group," . $table->sum_sql() . ' FROM ' . Nachtwacht_Db::name( $table->name ) . " WHERE $range AND $part GROUP BY nw_group ORDER BY nw_group";
			$result = $command->db()->run( $sql );
			while ( true ) {
				$row = $result->fetch_row();
				if ( ! is_array( $row ) ) {
					break;
				}
				$number = (string) $row[0];
				$small  = strlen( $number ) < 16 ? (int) $number : $number;
				$whole  = is_string( $small ) && (string) (int) $number === $number && abs( (int) $number ) <= 9007199254740992 ? (int) $number : $small;
				$groups[] = array( $whole, (int) $row[1], strtolower( substr( (string) $row[2], 0, $digits ) ) );
			}
			$result->free();
		}
		$command->answer->record( array(
			'i'      => $i,
			'groups' => $groups,
		) );
	}
}
