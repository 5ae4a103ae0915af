<?php
/**
 * The list of tables.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Command `db.tables`.
 */
final class Nachtwacht_Db_Tables {
	/**
	 * Tells every table and view with the prefix.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function tell( Nachtwacht_Command $command ) {
		$db     = $command->db();
		$prefix = $command->args->has( 'prefix' ) ? $command->args->text( 'prefix', '/^[^\x00]{0,64}\z/s' ) : $db->prefix;
		$which  = '';
		if ( ! $command->args->yes( 'all' ) && '' !== $prefix ) {
			$which = ' LIKE ' . Nachtwacht_Db_Table::utf8( addcslashes( $prefix, '\\%_' ) . '%' );
		}
		foreach ( Nachtwacht_Db_Table::describe( $db, $which ) as $table ) {
			if ( self::is_own( $table->name ) ) {
				continue;
			}
			$command->answer->record( self::record( $db, $table ) );
		}
		return array(
			'next'   => null,
			'prefix' => $db->prefix,
		);
	}

	/**
	 * Whether a table belongs to this plugin: its nonces, or the tables of a restore in progress.
	 *
	 * @param string $name Name.
	 * @return bool
	 */
	public static function is_own( $name ) {
		return 'nachtwacht_nonces' === substr( $name, -17 ) || 1 === preg_match( '/^nw[o]?[0-9a-f]{6}_\w+\z/', $name );
	}

	/**
	 * One table.
	 *
	 * @param Nachtwacht_Db       $db    Connection.
	 * @param Nachtwacht_Db_Table $table Table.
	 * @return array
	 */
	private static function record( Nachtwacht_Db $db, Nachtwacht_Db_Table $table ) {
		$columns = array();
		foreach ( $table->columns as $column ) {
			unset( $column['kind'] );
			$columns[] = $column;
		}
		$facts = $table->facts;
		unset( $facts['comment'] );
		$record = array_merge( array( 'name' => $table->name ), $facts, array(
			'columns' => $columns,
			'key'     => $table->key,
		) );
		try {
			$row              = $db->one( 'SHOW CREATE TABLE ' . Nachtwacht_Db::name( $table->name ) );
			$values           = array_values( (array) $row );
			$record['create'] = 'view' === $facts['kind'] ? Nachtwacht_Db_Schema::without_definer( (string) $values[1] ) : (string) $values[1];
		} catch ( Nachtwacht_Failure $failure ) {
			// A damaged table or a view on a missing one: named with its reason, not left out.
			$record['create'] = '';
			$record['error']  = $failure->getMessage();
		}
		return $record;
	}
}
