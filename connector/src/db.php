<?php
/**
 * The connection to the database, the same with WordPress and without.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * A connection of our own: character set `binary`, so that every value travels as the bytes that are stored.
 */
final class Nachtwacht_Db {
	/**
	 * Server errors after which the same request may work.
	 */
	const PASSING = array( 1040, 1042, 1043, 1053, 1129, 1158, 1159, 1160, 1161, 1203, 1205, 1206, 1213, 1226, 2002, 2003, 2006, 2013 );

	/** Zero dates, zero ids and odd dates go in and out as they are. */
	const MODE = "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'";

	/**
	 * Connection.
	 *
	 * @var mysqli
	 */
	public $link;

	/**
	 * Called every second while a statement runs; false breaks the statement off. A session puts it here.
	 *
	 * @var callable|null
	 */
	public $tick = null;

	/**
	 * The site, for a second connection.
	 *
	 * @var Nachtwacht_Site
	 */
	private $site;

	/**
	 * Name of the database.
	 *
	 * @var string
	 */
	public $name;

	/**
	 * Own table prefix.
	 *
	 * @var string
	 */
	public $prefix;

	/**
	 * Connects.
	 *
	 * @param Nachtwacht_Site $site     The site.
	 * @param int             $patience Seconds to wait for the connection.
	 * @return self
	 * @throws Nachtwacht_Failure 'needs-wordpress', 'db-unreachable'.
	 */
	public static function connect( Nachtwacht_Site $site, $patience = 10 ) {
		$want = $site->database();
		if ( ! class_exists( 'mysqli' ) ) {
			throw new Nachtwacht_Failure( 'db-unreachable', 'PHP has no mysqli here.' );
		}
		mysqli_report( MYSQLI_REPORT_OFF );
		list( $host, $port, $socket ) = self::parse_host( $want['host'] );
		$self         = new self();
		$self->site   = $site;
		$self->name   = $want['name'];
		$self->prefix = $want['prefix'];
		$self->link   = mysqli_init();
		$self->link->options( MYSQLI_OPT_CONNECT_TIMEOUT, $patience );
		if ( $patience < 10 ) {
			$self->link->options( MYSQLI_OPT_READ_TIMEOUT, $patience );
		}
		$done = @$self->link->real_connect( $host, $want['user'], $want['password'], $want['name'], $port, $socket, $want['flags'] );
		if ( ! $done ) {
			throw new Nachtwacht_Failure( 'db-unreachable', 'The database cannot be reached (error ' . (int) $self->link->connect_errno . ').', true, array( 'errno' => (int) $self->link->connect_errno ) );
		}
		$self->link->set_charset( 'binary' );
		$self->run( self::MODE );
		$self->run( "SET SESSION time_zone = '+00:00'" );
		$self->link->query( 'SET SESSION sql_quote_show_create = 1' );
		$self->link->query( 'SET SESSION wait_timeout = 600' );
		$self->link->query( 'SET SESSION group_concat_max_len = 1048576' );
		return $self;
	}

	/**
	 * Splits DB_HOST: host, host:port, host:/socket, [ipv6]:port, :/socket.
	 *
	 * @param string $host DB_HOST.
	 * @return array{0: string, 1: int, 2: string|null}
	 */
	public static function parse_host( $host ) {
		$socket = null;
		$at     = strpos( $host, ':/' );
		if ( false !== $at ) {
			$socket = substr( $host, $at + 1 );
			$host   = substr( $host, 0, $at );
		}
		if ( 1 === preg_match( '/^\[([0-9a-fA-F:.]+)\](?::(\d+))?\z/', $host, $match ) ) {
			return array( $match[1], isset( $match[2] ) ? (int) $match[2] : 0, $socket );
		}
		if ( substr_count( $host, ':' ) > 1 ) {
			return array( $host, 0, $socket );
		}
		$parts = explode( ':', $host, 2 );
		return array( '' === $parts[0] ? 'localhost' : $parts[0], isset( $parts[1] ) ? (int) $parts[1] : 0, $socket );
	}

	/**
	 * Runs one statement.
	 *
	 * @param string $sql  SQL.
	 * @param int    $mode MYSQLI_STORE_RESULT or MYSQLI_USE_RESULT.
	 * @return mysqli_result|bool
	 * @throws Nachtwacht_Failure 'db-error'.
	 */
	public function run( $sql, $mode = MYSQLI_STORE_RESULT ) {
		$result = null === $this->tick ? @$this->link->query( $sql, $mode ) : $this->run_ticking( $sql, $mode );
		if ( false === $result ) {
			throw $this->failure();
		}
		return $result;
	}

	/**
	 * Runs one statement and keeps the open request alive while the server works.
	 *
	 * @param string $sql  SQL.
	 * @param int    $mode MYSQLI_STORE_RESULT or MYSQLI_USE_RESULT.
	 * @return mysqli_result|bool
	 */
	private function run_ticking( $sql, $mode ) {
		if ( ! @$this->link->query( $sql, $mode | MYSQLI_ASYNC ) ) {
			return false;
		}
		$broken = false;
		do {
			$read   = array( $this->link );
			$error  = array( $this->link );
			$reject = array( $this->link );
			$ready  = @mysqli_poll( $read, $error, $reject, 1 );
			if ( ! call_user_func( $this->tick ) && 0 === $ready && ! $broken ) {
				$broken = $this->break_off();
			}
		} while ( 0 === $ready );
		return @$this->link->reap_async_query();
	}

	/**
	 * Ends the statement that runs and its connection: both would hold their locks for as long as it takes.
	 *
	 * @return bool Whether the server was told.
	 */
	private function break_off() {
		try {
			return (bool) @self::connect( $this->site, 5 )->link->query( 'KILL ' . (int) $this->link->thread_id );
		} catch ( Nachtwacht_Failure $failure ) {
			return false;
		}
	}

	/**
	 * The failure for the last error of the server. Its text names tables and columns, never values of ours.
	 *
	 * @return Nachtwacht_Failure
	 */
	public function failure() {
		$number  = (int) $this->link->errno;
		$message = substr( (string) $this->link->error, 0, 300 );
		return new Nachtwacht_Failure( 'db-error', "The database answered error $number: $message", in_array( $number, self::PASSING, true ), array( 'errno' => $number ) );
	}

	/**
	 * All rows of a small result.
	 *
	 * @param string $sql SQL.
	 * @return array<int, array<string, string|null>>
	 */
	public function all( $sql ) {
		$result = $this->run( $sql );
		$rows   = $result->fetch_all( MYSQLI_ASSOC );
		$result->free();
		return $rows;
	}

	/**
	 * The only row of a small result.
	 *
	 * @param string $sql SQL.
	 * @return array<string, string|null>|null
	 */
	public function one( $sql ) {
		$rows = $this->all( $sql );
		return isset( $rows[0] ) ? $rows[0] : null;
	}

	/**
	 * A name in backticks.
	 *
	 * @param string $name Table or column.
	 * @return string
	 */
	public static function name( $name ) {
		return '`' . str_replace( '`', '``', $name ) . '`';
	}

	/**
	 * Bytes as a literal of the connection's character set (binary).
	 *
	 * @param string $bytes Bytes.
	 * @return string
	 */
	public function text( $bytes ) {
		return "'" . $this->link->real_escape_string( $bytes ) . "'";
	}
}
