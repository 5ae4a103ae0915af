<?php
/**
 * Putting loaded tables in the place of the live ones, and back.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands `load.swap` and `load.revert`. One RENAME TABLE changes all tables at once; before it the state says what
 * was there (keys, triggers, views), so that every step after it, and the way back, can run twice.
 */
final class Nachtwacht_Load_Swap {
	/**
	 * The load.
	 *
	 * @var Nachtwacht_Load
	 */
	private $load;

	/**
	 * Connection.
	 *
	 * @var Nachtwacht_Db
	 */
	private $db;

	/**
	 * Objects that could not be made, with the reason.
	 *
	 * @var array[]
	 */
	private $failed = array();

	/**
	 * Wraps.
	 *
	 * @param Nachtwacht_Load $load The load.
	 */
	private function __construct( Nachtwacht_Load $load ) {
		$this->load = $load;
		$this->db   = $load->db();
		$this->db->run( 'SET SESSION group_concat_max_len = 1048576' );
		if ( nachtwacht_can( 'set_time_limit' ) ) {
			@set_time_limit( 0 );
		}
	}

	/**
	 * Command `load.swap`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure When nothing could be swapped, or what is missing.
	 */
	public static function swap( Nachtwacht_Command $command ) {
		$load = new Nachtwacht_Load( $command );
		$self = new self( $load );
		$command->still_ours();
		$after = array();
		foreach ( $command->args->objects( 'after', 10000 ) as $object ) {
			$after[] = $self->checked( $object );
		}
		if ( 'swapped' === $load->state['phase'] ) {
			return $self->end();
		}
		if ( 'loading' === $load->state['phase'] ) {
			$self->prepare( $command->args->items( 'drop', 10000, false ), $after );
			$self->carry_own_rows();
			$load->state['phase'] = 'swapping';
			$load->save();
		} elseif ( 'swapping' !== $load->state['phase'] ) {
			throw new Nachtwacht_Failure( 'load-sealed', 'This load was put back. Open a new one.' );
		}
		if ( ! $self->is_renamed() ) {
			try {
				$self->rename( false );
			} catch ( Nachtwacht_Failure $failure ) {
				$load->state['phase'] = 'loading';
				$load->save();
				throw $failure;
			}
		}
		$self->free_names( 'old' );
		$self->add_keys( 'new' );
		$self->repoint_others();
		$self->make_objects( $after );
		$load->state['phase']  = 'swapped';
		$load->state['failed'] = array_slice( $self->failed, 0, 200 );
		$load->save();
		$self->flush_cache();
		return $self->end();
	}

	/**
	 * Command `load.revert`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function revert( Nachtwacht_Command $command ) {
		$load = new Nachtwacht_Load( $command );
		if ( in_array( $load->state['phase'], array( 'loading', 'reverted' ), true ) ) {
			return array(
				'next'  => null,
				'phase' => $load->state['phase'],
			);
		}
		$self = new self( $load );
		$command->still_ours();
		if ( 'reverting' !== $load->state['phase'] ) {
			$load->state['phase'] = 'reverting';
			$load->save();
		}
		if ( $self->is_renamed() ) {
			$self->carry_own_rows( true );
			$self->rename( true );
		}
		$self->free_names( 'new' );
		$self->add_keys( 'old' );
		$self->repoint_others();
		foreach ( $load->state['made'] as $object ) {
			$self->drop_object( $object );
		}
		$self->make_objects( $load->state['objects'] );
		$load->state['phase'] = 'reverted';
		$load->save();
		$self->flush_cache();
		return array(
			'next'   => null,
			'phase'  => 'reverted',
			'failed' => $self->failed,
		);
	}

	/**
	 * Fields of the end record of a swap.
	 *
	 * @return array
	 */
	private function end() {
		return array(
			'next'   => null,
			'phase'  => $this->load->state['phase'],
			'failed' => isset( $this->load->state['failed'] ) ? $this->load->state['failed'] : array(),
		);
	}

	/**
	 * Checks an object of `after`.
	 *
	 * @param Nachtwacht_Args $object Object.
	 * @return array{kind: string, name: string, sql: string, sql_mode?: string}
	 * @throws Nachtwacht_Failure 'bad-args'.
	 */
	private function checked( Nachtwacht_Args $object ) {
		$kind  = $object->text( 'kind', '/^(?:view|trigger|routine|event)\z/' );
		$words = array(
			'view'    => 'VIEW',
			'trigger' => 'TRIGGER',
			'routine' => '(?:AGGREGATE\s+)?(?:PROCEDURE|FUNCTION)',
			'event'   => 'EVENT',
		);
		$name  = $object->text( 'name', '/^[^\x00]{1,64}\z/su' );
		$sql   = Nachtwacht_Db_Schema::without_definer( ltrim( $object->text( 'sql', '/^[^\x00]+\z/s' ) ) );
		if ( 1 !== preg_match( '/^CREATE\s(?:[\w\s=]*?)' . $words[ $kind ] . '\s/i', $sql ) ) {
			throw Nachtwacht_Args::bad( 'after', 'CREATE statements of the kinds they say' );
		}
		$out = array(
			'kind' => $kind,
			'name' => $name,
			'sql'  => $sql,
		);
		if ( $object->has( 'sql_mode' ) ) {
			$out['sql_mode'] = $object->text( 'sql_mode', '/^[A-Z0-9_,]{0,1000}\z/' );
		}
		return $out;
	}

	/**
	 * Records what is live, before anything is touched.
	 *
	 * @param array   $drop  Tables to take away.
	 * @param array[] $after Objects that will be made.
	 * @throws Nachtwacht_Failure 'bad-args', 'no-table'.
	 */
	private function prepare( array $drop, array $after ) {
		$load   = $this->load;
		$number = 0;
		$aside  = array();
		foreach ( $drop as $name ) {
			if ( ! is_string( $name ) || '' === $name || Nachtwacht_Db_Tables::is_own( $name ) || isset( $load->state['tables'][ $name ] ) ) {
				throw Nachtwacht_Args::bad( 'drop', 'names of tables that are not loaded and not the plugin\'s own' );
			}
			if ( $this->is_table( $name ) ) {
				$aside[ $name ] = "nwo{$load->short}_d" . $number++;
			}
		}
		foreach ( $load->state['tables'] as $name => $entry ) {
			if ( ! $load->exists( $this->db, $entry['temp'] ) ) {
				throw new Nachtwacht_Failure( 'no-table', "The new table for $name is not there." );
			}
			$load->state['tables'][ $name ]['live'] = $this->is_table( (string) $name );
		}
		$load->state['dropped'] = $aside;
		$old                    = array();
		foreach ( $this->live_names() as $name ) {
			$row          = array_values( (array) $this->db->one( 'SHOW CREATE TABLE ' . Nachtwacht_Db::name( $name ) ) );
			$old[ $name ] = Nachtwacht_Load::without_foreign_keys( (string) $row[1] )[1];
		}
		$load->state['old_keys'] = $old;
		$load->state['others']   = $this->other_keys();
		$load->state['objects']  = $this->objects_to_keep( $after );
		$load->state['made']     = array_map( static function ( $object ) {
			return array(
				'kind' => $object['kind'],
				'name' => $object['name'],
				'sql'  => substr( $object['sql'], 0, 200 ),
			);
		}, $after );
		$load->save();
	}

	/**
	 * Whether a name is a base table now.
	 *
	 * @param string $name Name.
	 * @return bool
	 */
	private function is_table( $name ) {
		return null !== $this->db->one( "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE <> 'VIEW' AND TABLE_NAME = " . Nachtwacht_Db_Table::utf8( $name ) );
	}

	/**
	 * Names that were live before the swap and are replaced or taken away.
	 *
	 * @return string[]
	 */
	private function live_names() {
		$names = array_keys( $this->load->state['dropped'] );
		foreach ( $this->load->state['tables'] as $name => $entry ) {
			if ( $entry['live'] ) {
				$names[] = $name;
			}
		}
		return array_map( 'strval', $names );
	}

	/**
	 * Where an old table lies while the new one is live.
	 *
	 * @param string $name Name.
	 * @return string
	 */
	private function aside( $name ) {
		if ( isset( $this->load->state['dropped'][ $name ] ) ) {
			return $this->load->state['dropped'][ $name ];
		}
		return "nwo{$this->load->short}_{$this->load->state['tables'][ $name ]['id']}";
	}

	/**
	 * Foreign keys of tables that stay, onto tables that are swapped: a rename may take them along.
	 *
	 * @return array<string, string[]> Clauses by table.
	 */
	private function other_keys() {
		$touched = array_map( 'strval', array_merge( array_keys( $this->load->state['tables'] ), array_keys( $this->load->state['dropped'] ) ) );
		$rows    = $this->db->all( 'SELECT DISTINCT TABLE_NAME AS tab, REFERENCED_TABLE_NAME AS ref FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE()' );
		$out     = array();
		foreach ( $rows as $row ) {
			if ( in_array( $row['ref'], $touched, true ) && ! in_array( $row['tab'], $touched, true ) && ! Nachtwacht_Db_Tables::is_own( $row['tab'] ) ) {
				$create              = array_values( (array) $this->db->one( 'SHOW CREATE TABLE ' . Nachtwacht_Db::name( $row['tab'] ) ) );
				$out[ $row['tab'] ] = Nachtwacht_Load::without_foreign_keys( (string) $create[1] )[1];
			}
		}
		return $out;
	}

	/**
	 * Objects of today that the way back must make again: triggers of the tables, and all that `after` replaces.
	 *
	 * @param array[] $after Objects that will be made.
	 * @return array[]
	 */
	private function objects_to_keep( array $after ) {
		$live     = $this->live_names();
		$replaced = array();
		foreach ( $after as $object ) {
			$replaced[ $object['kind'] . ' ' . $object['name'] ] = true;
		}
		$keep = array();
		foreach ( Nachtwacht_Db_Schema::objects( $this->db ) as $object ) {
			$of_table = 'trigger' === $object['kind'] && in_array( $object['table'], $live, true );
			if ( isset( $object['sql'] ) && ( $of_table || isset( $replaced[ $object['kind'] . ' ' . $object['name'] ] ) ) ) {
				$keep[] = $object;
			}
		}
		return $keep;
	}

	/**
	 * Our own rows must be the same after the swap as before: an older snapshot must not bring back an older key or claim.
	 *
	 * @param bool $back From the new tables to the old ones.
	 */
	private function carry_own_rows( $back = false ) {
		$prefix = $this->db->prefix;
		$state  = $this->load->command->state;
		$multi  = ! empty( $state['multisite'] );
		$places = array(
			$prefix . 'options'  => array( 'option_name', 'option_value' ),
			$prefix . 'sitemeta' => array( 'meta_key', 'meta_value' ),
		);
		foreach ( $places as $name => list( $key, $value ) ) {
			if ( ! isset( $this->load->state['tables'][ $name ] ) ) {
				continue;
			}
			$is_meta = 'meta_key' === $key;
			$entry   = $this->load->state['tables'][ $name ];
			$from    = $name;
			$to      = $back ? $this->aside( $name ) : $entry['temp'];
			if ( $back && ! $entry['live'] ) {
				continue;
			}
			$rows = array();
			if ( $this->is_table( $from ) ) {
				$rows = $this->db->all( "SELECT $key AS name, $value AS value FROM " . Nachtwacht_Db::name( $from ) . " WHERE $key IN ('" . Nachtwacht_Wp_Store::STATE . "','" . Nachtwacht_Wp_Store::CODE . "')" );
			}
			$names = array_column( $rows, 'name' );
			if ( $multi === $is_meta && ! in_array( Nachtwacht_Wp_Store::STATE, $names, true ) ) {
				unset( $state['moved'] );
				$rows[] = array(
					'name'  => Nachtwacht_Wp_Store::STATE,
					'value' => nachtwacht_json( $state ),
				);
			}
			$table = Nachtwacht_Db::name( $to );
			$this->db->run( "DELETE FROM $table WHERE $key IN ('" . Nachtwacht_Wp_Store::STATE . "','" . Nachtwacht_Wp_Store::CODE . "')" );
			foreach ( $rows as $row ) {
				$more   = $is_meta ? array( 'site_id' => $this->network( $table ) ) : array( 'autoload' => "'no'" );
				$fields = implode( ',', array_merge( array( $key, $value ), array_keys( $more ) ) );
				$this->db->run( "INSERT INTO $table ($fields) VALUES (" . $this->db->text( $row['name'] ) . ',' . $this->db->text( $row['value'] ) . ',' . implode( ',', $more ) . ')' );
			}
		}
	}

	/**
	 * Id of the main network.
	 *
	 * @param string $table Quoted name of sitemeta.
	 * @return int
	 */
	private function network( $table ) {
		$row = $this->db->one( "SELECT MIN(site_id) AS id FROM $table" );
		return isset( $row['id'] ) ? (int) $row['id'] : 1;
	}

	/**
	 * Whether the one RENAME has happened: then no new table bears its temporary name any more.
	 *
	 * @return bool
	 */
	private function is_renamed() {
		foreach ( $this->load->state['tables'] as $entry ) {
			return ! $this->load->exists( $this->db, $entry['temp'] );
		}
		foreach ( $this->load->state['dropped'] as $aside ) {
			return $this->load->exists( $this->db, $aside );
		}
		return true;
	}

	/**
	 * The one RENAME.
	 *
	 * @param bool $back Whether to undo it.
	 * @throws Nachtwacht_Failure 'db-error'; then nothing was renamed.
	 */
	private function rename( $back ) {
		$pairs = array();
		foreach ( $this->load->state['dropped'] as $name => $aside ) {
			$pairs[] = array( (string) $name, $aside );
		}
		foreach ( $this->load->state['tables'] as $name => $entry ) {
			if ( $entry['live'] ) {
				$pairs[] = array( (string) $name, $this->aside( (string) $name ) );
			}
			$pairs[] = array( $entry['temp'], (string) $name );
		}
		$parts = array();
		foreach ( $back ? array_reverse( $pairs ) : $pairs as list( $from, $to ) ) {
			$parts[] = Nachtwacht_Db::name( $back ? $to : $from ) . ' TO ' . Nachtwacht_Db::name( $back ? $from : $to );
		}
		if ( array() !== $parts ) {
			$this->utf8( 'RENAME TABLE ' . implode( ', ', $parts ) );
		}
	}

	/**
	 * Runs SQL whose text is UTF-8 (definitions with names and comments).
	 *
	 * @param string $sql SQL.
	 */
	private function utf8( $sql ) {
		$this->db->link->set_charset( 'utf8mb4' );
		try {
			$this->db->run( $sql );
		} finally {
			$this->db->link->set_charset( 'binary' );
		}
	}

	/**
	 * Takes triggers and foreign keys off the tables that are not live (now), so that the live ones can have the names.
	 *
	 * @param string $which 'old' after a swap, 'new' after going back.
	 */
	private function free_names( $which ) {
		$names = array();
		if ( 'old' === $which ) {
			$names = array_map( array( $this, 'aside' ), $this->live_names() );
		} else {
			foreach ( $this->load->state['tables'] as $entry ) {
				$names[] = $entry['temp'];
			}
		}
		foreach ( $names as $name ) {
			foreach ( $this->db->all( 'SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() AND EVENT_OBJECT_TABLE = ' . Nachtwacht_Db_Table::utf8( $name ) ) as $row ) {
				$this->attempt( 'trigger', $row['name'], 'DROP TRIGGER IF EXISTS ' . Nachtwacht_Db::name( $row['name'] ) );
			}
			$this->drop_keys( $name );
		}
	}

	/**
	 * Drops all foreign keys of a table.
	 *
	 * @param string $table Table.
	 */
	private function drop_keys( $table ) {
		foreach ( $this->key_names( $table ) as $key ) {
			$this->attempt( 'key', $key, 'ALTER TABLE ' . Nachtwacht_Db::name( $table ) . ' DROP FOREIGN KEY ' . Nachtwacht_Db::name( $key ) );
		}
	}

	/**
	 * Names of the foreign keys of a table.
	 *
	 * @param string $table Table.
	 * @return string[]
	 */
	private function key_names( $table ) {
		return array_column( $this->db->all( "SELECT CONSTRAINT_NAME AS name FROM information_schema.TABLE_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() AND CONSTRAINT_TYPE = 'FOREIGN KEY' AND TABLE_NAME = " . Nachtwacht_Db_Table::utf8( $table ) ), 'name' );
	}

	/**
	 * Gives the live tables their foreign keys.
	 *
	 * @param string $which 'new': those of the snapshot. 'old': those before the swap.
	 */
	private function add_keys( $which ) {
		$wanted = array();
		if ( 'new' === $which ) {
			foreach ( $this->load->state['tables'] as $name => $entry ) {
				$wanted[ $name ] = $entry['keys'];
			}
		} else {
			$wanted = $this->load->state['old_keys'];
		}
		foreach ( $wanted as $name => $clauses ) {
			$this->add_clauses( (string) $name, $clauses );
		}
	}

	/**
	 * Adds foreign keys that a table lacks.
	 *
	 * @param string   $table   Table.
	 * @param string[] $clauses CONSTRAINT ... FOREIGN KEY ...
	 */
	private function add_clauses( $table, array $clauses ) {
		$have = array() === $clauses ? array() : $this->key_names( $table );
		foreach ( $clauses as $clause ) {
			$name = 1 === preg_match( '/^CONSTRAINT `((?:[^`]|``)+)`/', $clause, $match ) ? str_replace( '``', '`', $match[1] ) : '';
			if ( ! in_array( $name, $have, true ) ) {
				$this->attempt( 'key', $name, 'ALTER TABLE ' . Nachtwacht_Db::name( $table ) . " ADD $clause" );
			}
		}
	}

	/**
	 * Foreign keys of other tables that went along with a rename point at the live table again.
	 */
	private function repoint_others() {
		foreach ( $this->load->state['others'] as $table => $clauses ) {
			$strayed = $this->db->all( 'SELECT DISTINCT CONSTRAINT_NAME AS name, REFERENCED_TABLE_NAME AS ref FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL AND TABLE_NAME = ' . Nachtwacht_Db_Table::utf8( (string) $table ) );
			foreach ( $strayed as $row ) {
				if ( Nachtwacht_Db_Tables::is_own( $row['ref'] ) ) {
					$this->attempt( 'key', $row['name'], 'ALTER TABLE ' . Nachtwacht_Db::name( (string) $table ) . ' DROP FOREIGN KEY ' . Nachtwacht_Db::name( $row['name'] ) );
				}
			}
			$this->add_clauses( (string) $table, $clauses );
		}
	}

	/**
	 * Runs a statement whose failure must not stop the swap, but is told.
	 *
	 * @param string $kind Kind of object.
	 * @param string $name Its name.
	 * @param string $sql  SQL.
	 * @return bool
	 */
	private function attempt( $kind, $name, $sql ) {
		try {
			$this->utf8( $sql );
			return true;
		} catch ( Nachtwacht_Failure $failure ) {
			$this->failed[] = array(
				'kind'    => $kind,
				'name'    => $name,
				'message' => $failure->getMessage(),
			);
			return false;
		}
	}

	/**
	 * Removes an object.
	 *
	 * @param array $object Object.
	 */
	private function drop_object( array $object ) {
		$word = strtoupper( $object['kind'] );
		if ( 'routine' === $object['kind'] ) {
			$word = 1 === preg_match( '/^CREATE\s(?:[\w\s=]*?)FUNCTION\s/i', $object['sql'] ) ? 'FUNCTION' : 'PROCEDURE';
		}
		$this->attempt( $object['kind'], $object['name'], "DROP $word IF EXISTS " . Nachtwacht_Db::name( $object['name'] ) );
	}

	/**
	 * Makes objects in the order given; those that need one of a later place are tried again.
	 *
	 * @param array[] $objects Objects.
	 */
	private function make_objects( array $objects ) {
		foreach ( $objects as $object ) {
			$this->drop_object( $object );
		}
		$before = $this->failed;
		do {
			$waiting      = array();
			$this->failed = $before;
			foreach ( $objects as $object ) {
				if ( isset( $object['sql_mode'] ) && 1 === preg_match( '/^[A-Z0-9_,]*\z/', $object['sql_mode'] ) ) {
					$this->db->link->query( "SET SESSION sql_mode = '{$object['sql_mode']}'" );
				}
				if ( ! $this->attempt( $object['kind'], $object['name'], $object['sql'] ) ) {
					$waiting[] = $object;
				}
				$this->db->run( Nachtwacht_Db::MODE );
			}
			$progress = count( $waiting ) < count( $objects );
			$objects  = $waiting;
		} while ( array() !== $waiting && $progress );
	}

	/**
	 * The object cache of WordPress must forget the old tables: now, or before the next command that has WordPress.
	 */
	private function flush_cache() {
		if ( $this->load->command->site->has_wordpress() ) {
			wp_cache_flush();
			return;
		}
		Nachtwacht_State::write_guarded( $this->load->command->site->folder() . '/flush.php', "flush\n" );
	}
}
