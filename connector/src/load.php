<?php
/**
 * Loading the tables of a restore beside the live ones.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands `load.open`, `load.copy`, `load.rows`, `load.sums`, `load.drop`, and the state of a load.
 */
final class Nachtwacht_Load {
	const STATEMENT = 1048576;

	/**
	 * The command.
	 *
	 * @var Nachtwacht_Command
	 */
	public $command;

	/**
	 * Folder of the load.
	 *
	 * @var string
	 */
	private $folder;

	/**
	 * First six hex of the run: part of every name.
	 *
	 * @var string
	 */
	public $short;

	/**
	 * State: phase, tables by name, and what the swap needs.
	 *
	 * @var array
	 */
	public $state;

	/**
	 * Lock, held until the request ends.
	 *
	 * @var resource|null
	 */
	private $lock = null;

	/**
	 * Opens the load of the run that the command names.
	 *
	 * @param Nachtwacht_Command $command   The command.
	 * @param bool               $make      Whether to make it.
	 * @param bool               $exclusive Whether no other request may work on it.
	 * @throws Nachtwacht_Failure 'no-load', 'busy', 'not-writable'.
	 */
	public function __construct( Nachtwacht_Command $command, $make = false, $exclusive = true ) {
		$run           = $command->args->run();
		$this->command = $command;
		$this->short   = substr( $run, 0, 6 );
		$this->folder  = $command->site->content() . '/nachtwacht-' . $command->state['site'] . '/load-' . $run;
		if ( $make && ! ( Nachtwacht_State::make_folder( dirname( $this->folder ) ) && Nachtwacht_State::make_folder( $this->folder ) ) ) {
			throw new Nachtwacht_Failure( 'not-writable', 'The content folder cannot be written by the web server.' );
		}
		$this->state = $this->read();
		if ( ! $make && null === $this->state ) {
			throw new Nachtwacht_Failure( 'no-load', 'There is no load of this run. Open it first.' );
		}
		if ( nachtwacht_can( 'ignore_user_abort' ) ) {
			ignore_user_abort( true );
		}
		$lock = @fopen( $this->folder . '/lock.php', 'cb' );
		if ( ! is_resource( $lock ) || ! flock( $lock, ( $exclusive ? LOCK_EX : LOCK_SH ) | LOCK_NB ) ) {
			throw new Nachtwacht_Failure( 'busy', 'Another request works on this load.', true );
		}
		$this->lock  = $lock;
		$this->state = $this->read();
		if ( $exclusive ) {
			Nachtwacht_Session::end_any( $command->site );
		}
		if ( null === $this->state ) {
			$this->state = array(
				'phase'  => 'loading',
				'run'    => $run,
				'tables' => array(),
			);
		}
	}

	/**
	 * Reads the state.
	 *
	 * @return array|null
	 */
	private function read() {
		$file = $this->folder . '/state.php';
		$text = is_file( $file ) ? (string) @file_get_contents( $file ) : '';
		$data = 0 === strpos( $text, Nachtwacht_State::GUARD ) ? json_decode( substr( $text, strlen( Nachtwacht_State::GUARD ) ), true, 16 ) : null;
		return is_array( $data ) && isset( $data['phase'], $data['tables'] ) ? $data : null;
	}

	/**
	 * Stores the state.
	 *
	 * @throws Nachtwacht_Failure 'disk-full'.
	 */
	public function save() {
		if ( ! Nachtwacht_State::write_guarded( $this->folder . '/state.php', nachtwacht_json( $this->state ) ) ) {
			throw new Nachtwacht_Failure( 'disk-full', 'The state of the load cannot be written.' );
		}
	}

	/**
	 * Connection with the settings for loading.
	 *
	 * @return Nachtwacht_Db
	 */
	public function db() {
		$db = $this->command->db();
		$db->run( 'SET SESSION foreign_key_checks = 0, lock_wait_timeout = 30' );
		// Only where the server knows it (MariaDB).
		$db->link->query( 'SET SESSION check_constraint_checks = 0' );
		return $db;
	}

	/**
	 * Name of the table that counts what came.
	 *
	 * @return string
	 */
	private function counter() {
		return Nachtwacht_Db::name( "nw{$this->short}_seq" );
	}

	/**
	 * Command `load.open`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'bad-args', 'load-sealed'.
	 */
	public static function open( Nachtwacht_Command $command ) {
		$tables = array();
		foreach ( $command->args->objects( 'tables', 10000 ) as $table ) {
			$name   = $table->text( 'name', '/^[^\x00]{1,64}\z/su' );
			$create = $table->text( 'create', '/^CREATE TABLE `/' );
			if ( Nachtwacht_Db_Tables::is_own( $name ) || 0 !== strpos( $create, 'CREATE TABLE ' . Nachtwacht_Db::name( $name ) . ' (' ) ) {
				throw Nachtwacht_Args::bad( 'create', 'SHOW CREATE TABLE of the table named' );
			}
			$tables[] = array( $name, $create );
		}
		$first = $command->args->int( 'from', 0 );
		$load  = new self( $command, true );
		if ( 'loading' !== $load->state['phase'] ) {
			throw new Nachtwacht_Failure( 'load-sealed', 'The tables of this run are swapped in already.' );
		}
		$db = $load->db();
		$db->run( 'CREATE TABLE IF NOT EXISTS ' . $load->counter() . ' (t int NOT NULL, seq bigint NOT NULL, done tinyint NOT NULL, PRIMARY KEY (t, seq)) ENGINE=InnoDB' );
		$count = count( $tables );
		for ( $i = $first; $i < $count; $i++ ) {
			$load->make( $db, $tables[ $i ][0], $tables[ $i ][1] );
			if ( $i + 1 < $count && $command->budget->spent() ) {
				$load->save();
				return array( 'next' => $i + 1 );
			}
		}
		$load->save();
		return array( 'next' => null );
	}

	/**
	 * Makes one table beside. One that this run made from the same SQL stays with what is in it.
	 *
	 * @param Nachtwacht_Db $db     Connection.
	 * @param string        $name   Its name when it is live.
	 * @param string        $create SHOW CREATE TABLE.
	 * @throws Nachtwacht_Failure 'bad-args', 'db-error'.
	 */
	private function make( Nachtwacht_Db $db, $name, $create ) {
		$quoted = Nachtwacht_Db::name( $name );
		$known = isset( $this->state['tables'][ $name ] ) ? $this->state['tables'][ $name ] : null;
		$hash  = hash( 'sha256', $create );
		if ( null !== $known && $known['hash'] === $hash && $this->exists( $db, $known['temp'] ) ) {
			return;
		}
		$id   = null === $known ? count( $this->state['tables'] ) : $known['id'];
		$temp = "nw{$this->short}_$id";
		$db->run( 'DROP TABLE IF EXISTS ' . Nachtwacht_Db::name( $temp ) );
		$db->run( 'DELETE FROM ' . $this->counter() . ' WHERE t = ' . (int) $id );
		list( $sql, $keys ) = self::without_foreign_keys( $create );

		$this->state['tables'][ $name ] = array(
			'id'   => $id,
			'temp' => $temp,
			'hash' => $hash,
			'keys' => $keys,
		);
		// The state is stored first: a table that nobody knows of would stay for ever.
		$this->save();
		$db->link->set_charset( 'utf8mb4' );
		try {
			$db->run( 'CREATE TABLE ' . Nachtwacht_Db::name( $temp ) . substr( $sql, strlen( "CREATE TABLE $quoted" ) ) );
		} finally {
			$db->link->set_charset( 'binary' );
		}
	}

	/**
	 * Whether a table is there.
	 *
	 * @param Nachtwacht_Db $db   Connection.
	 * @param string        $name Name.
	 * @return bool
	 */
	public function exists( Nachtwacht_Db $db, $name ) {
		return null !== $db->one( 'SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ' . Nachtwacht_Db_Table::utf8( $name ) );
	}

	/**
	 * Takes the foreign keys out of SHOW CREATE TABLE: they name live tables, and their names must be free.
	 *
	 * @param string $create SHOW CREATE TABLE.
	 * @return array{0: string, 1: string[]} SQL without, and the clauses.
	 */
	public static function without_foreign_keys( $create ) {
		$keys  = array();
		$lines = array();
		foreach ( explode( "\n", $create ) as $line ) {
			if ( 1 === preg_match( '/^\s+(CONSTRAINT `(?:[^`]|``)+` FOREIGN KEY .*?),?\s*\z/', $line, $match ) ) {
				$keys[] = $match[1];
				continue;
			}
			$lines[] = $line;
		}
		$count = count( $lines );
		for ( $at = 1; $at < $count; $at++ ) {
			if ( ')' === substr( $lines[ $at ], 0, 1 ) ) {
				$lines[ $at - 1 ] = rtrim( $lines[ $at - 1 ], ',' );
			}
		}
		return array( implode( "\n", $lines ), $keys );
	}

	/**
	 * The new table for a name.
	 *
	 * @param mixed $name Name when it is live.
	 * @return array{id: int, temp: string}
	 * @throws Nachtwacht_Failure 'no-table', 'load-sealed'.
	 */
	private function entry( $name ) {
		if ( 'loading' !== $this->state['phase'] ) {
			throw new Nachtwacht_Failure( 'load-sealed', 'The tables of this run are swapped in already.' );
		}
		if ( ! is_string( $name ) || ! isset( $this->state['tables'][ $name ] ) ) {
			throw new Nachtwacht_Failure( 'no-table', 'This run has no such table. Open it first.' );
		}
		return $this->state['tables'][ $name ];
	}

	/**
	 * Command `load.copy`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'bad-args', 'no-key'.
	 */
	public static function copy( Nachtwacht_Command $command ) {
		$load   = new self( $command, false, false );
		$name   = $command->args->raw( 'table' );
		$entry  = $load->entry( $name );
		$db     = $load->db();
		$temp   = $command->table( $entry['temp'] );
		$ranges = $command->args->items( 'ranges', 200000 );
		$sums   = $command->args->items( 'sums', 200000 );
		$count  = count( $ranges );
		if ( array() === $temp->key ) {
			throw new Nachtwacht_Failure( 'no-key', 'A table without a key is not copied by ranges.' );
		}
		if ( count( $sums ) !== $count ) {
			throw Nachtwacht_Args::bad( 'sums', 'one for each range' );
		}
		$columns = implode( ',', array_map( array( 'Nachtwacht_Db', 'name' ), array_column( $temp->stored(), 'n' ) ) );
		$into    = Nachtwacht_Db::name( $entry['temp'] );
		$from    = Nachtwacht_Db::name( (string) $name );
		for ( $i = $command->args->int( 'from', 0 ); $i < $count; $i++ ) {
			if ( ! is_array( $ranges[ $i ] ) || 2 !== count( $ranges[ $i ] ) || ! is_array( $sums[ $i ] ) || 2 !== count( $sums[ $i ] ) ) {
				throw Nachtwacht_Args::bad( 'ranges', 'pairs of keys, and sums pairs of count and hex' );
			}
			$where = $temp->range_sql( $ranges[ $i ][0], $ranges[ $i ][1] );
			$sum   = 'SELECT ' . $temp->sum_sql() . " FROM $into WHERE $where";
			$want  = array( $sums[ $i ][0], $sums[ $i ][1] );
			$ok    = self::sum( $db, $sum ) === $want;
			if ( ! $ok ) {
				$db->run( 'START TRANSACTION' );
				try {
					$db->run( "DELETE FROM $into WHERE $where" );
					$db->run( "INSERT INTO $into ($columns) SELECT $columns FROM $from WHERE $where" );
					$ok = self::sum( $db, $sum ) === $want;
				} catch ( Nachtwacht_Failure $failure ) {
					$db->link->rollback();
					if ( $failure->retry ) {
						throw $failure;
					}
				}
				if ( $ok ) {
					$db->run( 'COMMIT' );
				} else {
					$db->link->rollback();
				}
			}
			$command->answer->record( array(
				'i'  => $i,
				'ok' => $ok,
			) );
			if ( $i + 1 < $count && $command->budget->spent() ) {
				return array( 'next' => $i + 1 );
			}
		}
		return array( 'next' => null );
	}

	/**
	 * Count and sum.
	 *
	 * @param Nachtwacht_Db $db  Connection.
	 * @param string        $sql SQL.
	 * @return array{0: int, 1: string}
	 */
	private static function sum( Nachtwacht_Db $db, $sql ) {
		$result = $db->run( $sql );
		$row    = $result->fetch_row();
		$result->free();
		return array( (int) $row[0], strtolower( (string) $row[1] ) );
	}

	/**
	 * Command `load.rows`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'bad-args', 'bad-rows', 'start-over', 'row-too-large', 'db-error'.
	 */
	public static function rows( Nachtwacht_Command $command ) {
		$load  = new self( $command, false, false );
		$entry = $load->entry( $command->args->raw( 'table' ) );
		$db    = $load->db();
		$table = $command->table( $entry['temp'] );
		$parts = $command->args->items( 'parts', 100000 );
		$total = 0;
		foreach ( $parts as $part ) {
			if ( ! is_array( $part ) || ! isset( $part[0], $part[1] ) || ! is_int( $part[0] ) || ! is_int( $part[1] ) || $part[0] < 0 || $part[1] < 0 ) {
				throw Nachtwacht_Args::bad( 'parts', 'pairs of number and length' );
			}
			$total += $part[1];
		}
		if ( $total !== $command->request->blob_length ) {
			throw Nachtwacht_Args::bad( 'parts', 'as long together as the bytes that came' );
		}
		$columns = array();
		foreach ( $command->args->items( 'cols', 4096 ) as $name ) {
			$column = is_string( $name ) ? $table->find_column( $name ) : null;
			if ( null === $column || $column['gen'] ) {
				throw Nachtwacht_Args::bad( 'cols', 'stored columns of the table' );
			}
			$columns[] = $column;
		}
		$rows  = new Nachtwacht_Load_Rows( $db, $entry['temp'], $columns );
		$whole = self::is_transactional( (string) $table->facts['engine'] );
		$blob  = $command->request->blob();
		$new   = 0;
		foreach ( $parts as $part ) {
			$new += $load->part( $db, $rows, $entry['id'], $part[0], $blob, $part[1], $whole ) ? 1 : 0;
		}
		fclose( $blob );
		return array(
			'inserted' => $rows->count,
			'parts'    => $new,
		);
	}

	/**
	 * Whether a half-inserted part disappears by itself.
	 *
	 * @param string $engine Storage engine.
	 * @return bool
	 */
	private static function is_transactional( $engine ) {
		return in_array( strtolower( $engine ), array( 'innodb', 'xtradb', 'rocksdb', 'tokudb', 'ndbcluster' ), true );
	}

	/**
	 * One part: inserted once, however often it comes.
	 *
	 * @param Nachtwacht_Db        $db     Connection.
	 * @param Nachtwacht_Load_Rows $rows   Inserts.
	 * @param int                  $id     Number of the table.
	 * @param int                  $seq    Number of the part.
	 * @param resource             $blob   Row bytes.
	 * @param int                  $length Bytes of this part.
	 * @param bool                 $whole  Whether the table has transactions.
	 * @return bool False when it was there already.
	 * @throws Nachtwacht_Failure 'start-over' and others.
	 */
	private function part( Nachtwacht_Db $db, Nachtwacht_Load_Rows $rows, $id, $seq, $blob, $length, $whole ) {
		if ( $whole ) {
			$db->run( 'START TRANSACTION' );
		}
		$counter = $this->counter();
		$done    = @$db->link->query( "INSERT INTO $counter (t, seq, done) VALUES (" . (int) $id . ',' . (int) $seq . ',' . ( $whole ? 1 : 0 ) . ')' );
		if ( ! $done ) {
			if ( 1062 !== (int) $db->link->errno ) {
				throw $db->failure();
			}
			$db->link->rollback();
			$row = $db->one( "SELECT done FROM $counter WHERE t = " . (int) $id . ' AND seq = ' . (int) $seq );
			if ( ! $whole && ( null === $row || '1' !== $row['done'] ) ) {
				throw new Nachtwacht_Failure( 'start-over', 'A part of a table without transactions came only half. Load this table again from its start.' );
			}
			for ( $left = $length; $left > 0; ) {
				$left -= max( 1, strlen( (string) fread( $blob, min( 65536, $left ) ) ) );
			}
			return false;
		}
		try {
			$rows->insert( $blob, $length );
		} catch ( Throwable $problem ) {
			if ( $whole ) {
				$db->link->rollback();
			}
			throw $problem;
		}
		if ( $whole ) {
			$db->run( 'COMMIT' );
		} else {
			$db->run( "UPDATE $counter SET done = 1 WHERE t = " . (int) $id . ' AND seq = ' . (int) $seq );
		}
		return true;
	}

	/**
	 * Command `load.sums`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 */
	public static function sums( Nachtwacht_Command $command ) {
		$load  = new self( $command, false, false );
		$entry = $load->entry( $command->args->raw( 'table' ) );
		$from  = $command->args->has( 'from' ) ? new Nachtwacht_Args( $command->args->raw( 'from' ) ) : null;
		$ask   = new Nachtwacht_Args( array(
			'name'   => $command->args->raw( 'table' ),
			'bounds' => $command->args->items( 'bounds', 200000, false ),
		) );
		return array( 'next' => Nachtwacht_Db_Sums::one( $command, $ask, 0, null === $from ? 0 : $from->int( 'range' ), true, $command->table( $entry['temp'] ) ) );
	}

	/**
	 * Command `load.drop`: the new tables when they are not live, else the old ones.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'unfinished'.
	 */
	public static function drop( Nachtwacht_Command $command ) {
		try {
			$load = new self( $command );
		} catch ( Nachtwacht_Failure $failure ) {
			if ( 'no-load' === $failure->reason ) {
				return array( 'next' => null );
			}
			throw $failure;
		}
		if ( in_array( $load->state['phase'], array( 'swapping', 'reverting' ), true ) ) {
			throw new Nachtwacht_Failure( 'unfinished', 'This load is half swapped in. Swap or revert it first.' );
		}
		$db = $load->db();
		foreach ( $load->made_tables() as $name ) {
			$db->run( 'DROP TABLE IF EXISTS ' . Nachtwacht_Db::name( $name ) );
		}
		foreach ( array( 'state.php', 'lock.php', 'index.php', '.htaccess' ) as $name ) {
			@unlink( $load->folder . '/' . $name );
		}
		@rmdir( $load->folder );
		Nachtwacht_State::drop_if_empty( dirname( $load->folder ) );
		return array( 'next' => null );
	}

	/**
	 * All tables that bear this run's names.
	 *
	 * @return string[]
	 */
	public function made_tables() {
		$names = array( "nw{$this->short}_seq" );
		foreach ( $this->state['tables'] as $entry ) {
			$names[] = $entry['temp'];
			$names[] = "nwo{$this->short}_{$entry['id']}";
		}
		foreach ( isset( $this->state['dropped'] ) ? $this->state['dropped'] : array() as $aside ) {
			$names[] = $aside;
		}
		return $names;
	}
}
