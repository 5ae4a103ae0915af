<?php
/**
 * Views, triggers, routines and events.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Command `db.schema`, and the SQL of single objects.
 */
final class Nachtwacht_Db_Schema {
	/**
	 * Tells the objects of the database that belong to the prefix (routines and events have none: all of them), and the server.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function tell( Nachtwacht_Command $command ) {
		$db     = $command->db();
		$prefix = $command->args->has( 'prefix' ) ? $command->args->text( 'prefix', '/^[^\x00]{0,64}\z/s' ) : $db->prefix;
		$all    = $command->args->yes( 'all' );
		$server = $db->one( 'SELECT VERSION() AS version, @@GLOBAL.sql_mode AS sql_mode, @@GLOBAL.time_zone AS time_zone, @@character_set_database AS charset, @@collation_database AS collation_name' );
		$command->answer->record( array(
			'kind'      => 'server',
			'version'   => (string) $server['version'],
			'sql_mode'  => (string) $server['sql_mode'],
			'time_zone' => (string) $server['time_zone'],
			'charset'   => (string) $server['charset'],
			'collation' => (string) $server['collation_name'],
		) );
		foreach ( self::objects( $db ) as $object ) {
			$of = isset( $object['table'] ) ? $object['table'] : $object['name'];
			if ( ! $all && in_array( $object['kind'], array( 'view', 'trigger' ), true ) && '' !== $prefix && 0 !== strpos( $of, $prefix ) ) {
				continue;
			}
			if ( ! Nachtwacht_Db_Tables::is_own( $of ) ) {
				$command->answer->record( $object );
			}
		}
		return array();
	}

	/**
	 * All objects with their SQL. One whose SQL may not be read has an error instead.
	 *
	 * @param Nachtwacht_Db $db Connection.
	 * @return array[]
	 */
	public static function objects( Nachtwacht_Db $db ) {
		$lists   = array(
			array( 'view', 'VIEW', 'Create View', 'SELECT TABLE_NAME AS name FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME' ),
			array( 'trigger', 'TRIGGER', 'SQL Original Statement', 'SELECT TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS tab FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER' ),
			array( 'routine', 'PROCEDURE', 'Create Procedure', "SELECT ROUTINE_NAME AS name FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = 'PROCEDURE' ORDER BY ROUTINE_NAME" ),
			array( 'routine', 'FUNCTION', 'Create Function', "SELECT ROUTINE_NAME AS name FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = 'FUNCTION' ORDER BY ROUTINE_NAME" ),
			array( 'event', 'EVENT', 'Create Event', 'SELECT EVENT_NAME AS name FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME' ),
		);
		$objects = array();
		foreach ( $lists as list( $kind, $word, $field, $sql ) ) {
			foreach ( $db->all( $sql ) as $row ) {
				$object = array(
					'kind' => $kind,
					'name' => $row['name'],
				);
				if ( isset( $row['tab'] ) ) {
					$object['table'] = $row['tab'];
				}
				$objects[] = array_merge( $object, self::create( $db, $word, $field, $row['name'] ) );
			}
		}
		return $objects;
	}

	/**
	 * SQL of one object.
	 *
	 * @param Nachtwacht_Db $db    Connection.
	 * @param string        $word  VIEW, TRIGGER, ...
	 * @param string        $field Column of SHOW CREATE.
	 * @param string        $name  Name.
	 * @return array With `sql`, or with `error`.
	 */
	private static function create( Nachtwacht_Db $db, $word, $field, $name ) {
		try {
			$row = $db->one( "SHOW CREATE $word " . Nachtwacht_Db::name( $name ) );
		} catch ( Nachtwacht_Failure $failure ) {
			return array(
				'sql'   => null,
				'error' => $failure->getMessage(),
			);
		}
		if ( ! isset( $row[ $field ] ) ) {
			return array(
				'sql'   => null,
				'error' => 'The database user may not read it.',
			);
		}
		$out = array( 'sql' => self::without_definer( $row[ $field ] ) );
		if ( isset( $row['sql_mode'] ) ) {
			$out['sql_mode'] = $row['sql_mode'];
		}
		return $out;
	}

	/**
	 * Removes DEFINER, which seldom exists where the dump is loaded.
	 *
	 * @param string $sql SHOW CREATE.
	 * @return string
	 */
	public static function without_definer( $sql ) {
		$part = '(?:`(?:[^`]|``)*`|\'(?:[^\']|\'\')*\'|[^\s@`\']+)';
		return (string) preg_replace( "/^(CREATE(?:\\s+OR\\s+REPLACE)?(?:\\s+ALGORITHM\\s*=\\s*\\w+)?)\\s+DEFINER\\s*=\\s*$part(?:@$part)?/i", '$1', $sql );
	}
}
