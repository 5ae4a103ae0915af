<?php
/**
 * Snapshot sessions: one request stays open and keeps one InnoDB snapshot, the others read through it.
 *
 * @package Nachtwacht_Connector
 */

if ( ! defined( 'NACHTWACHT' ) ) {
	exit;
}

/**
 * Commands `db.session.open` and `db.session.close`. The requests meet at a local socket that only this user can open;
 * its name does not tell the session id, and nobody is served without the id. A site has one session: `session.php` in
 * the state folder says which, and one that it does not name ends within a second or two.
 */
final class Nachtwacht_Session {
	const LONGEST = 100;

	/** Milliseconds without any signed request after which the platform counts as gone. */
	const SILENCE = 600000;

	/**
	 * The command that stays open.
	 *
	 * @var Nachtwacht_Command
	 */
	private $command;

	/**
	 * What `session.php` says while this session is the site's; null when the file cannot be written.
	 *
	 * @var string|null
	 */
	private $mark;

	/**
	 * When the last padding went out.
	 *
	 * @var float
	 */
	private $padded;

	/**
	 * When the last sign of the platform came.
	 *
	 * @var float
	 */
	private $heard;

	/**
	 * Time of the claim file when it was last looked at.
	 *
	 * @var int
	 */
	private $contact = 0;

	/**
	 * Whether the last look found it the one that is wanted.
	 *
	 * @var bool
	 */
	private $wanted = true;

	/**
	 * Begins; whichever session was there ends.
	 *
	 * @param Nachtwacht_Command $command The command that stays open.
	 * @param string             $id      Session id.
	 */
	private function __construct( Nachtwacht_Command $command, $id ) {
		$this->command = $command;
		$this->mark    = hash( 'sha256', $id );
		$this->padded  = microtime( true );
		$this->heard   = $this->padded;
		if ( ! Nachtwacht_State::write_guarded( self::file( $command->site ), $this->mark ) ) {
			$this->mark = null;
		}
	}

	/**
	 * Where it says which session is the site's.
	 *
	 * @param Nachtwacht_Site $site The site.
	 * @return string Absolute path.
	 */
	private static function file( Nachtwacht_Site $site ) {
		return $site->folder() . '/session.php';
	}

	/**
	 * Ends the session of the site, if there is one: its snapshot keeps tables from being renamed. It does not wait.
	 *
	 * @param Nachtwacht_Site $site The site.
	 */
	public static function end_any( Nachtwacht_Site $site ) {
		$file = self::file( $site );
		if ( is_file( $file ) ) {
			@unlink( $file );
		}
	}

	/**
	 * Whether this host allows it.
	 *
	 * @return bool
	 */
	public static function possible() {
		return 'cli-server' !== PHP_SAPI && nachtwacht_can( 'stream_socket_server' ) && nachtwacht_can( 'stream_socket_client' )
			&& nachtwacht_can( 'stream_select' ) && in_array( 'unix', stream_get_transports(), true ) && self::time_allowed( 3600000 ) >= 20000;
	}

	/**
	 * How long a request may stay open.
	 *
	 * @param int $wanted Milliseconds.
	 * @return int Milliseconds.
	 */
	private static function time_allowed( $wanted ) {
		$limit = (int) ini_get( 'max_execution_time' );
		return $limit > 0 && ! nachtwacht_can( 'set_time_limit' ) ? min( $wanted, 800 * $limit ) : $wanted;
	}

	/**
	 * Address of the socket of a session.
	 *
	 * @param Nachtwacht_Site $site The site.
	 * @param string          $id   Session id.
	 * @return string
	 */
	public static function address( Nachtwacht_Site $site, $id ) {
		$name = '/s' . substr( hash( 'sha256', 'nachtwacht session ' . $id ), 0, 20 );
		$path = $site->folder() . $name;
		return strlen( $path ) <= self::LONGEST ? $path : rtrim( sys_get_temp_dir(), '/' ) . $name;
	}

	/**
	 * Command `db.session.open`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @return array
	 * @throws Nachtwacht_Failure 'no-session'.
	 */
	public static function open( Nachtwacht_Command $command ) {
		$wanted  = $command->args->int( 'max_ms', 600000, 1000, 7200000 );
		$silence = $command->args->int( 'silence_ms', self::SILENCE, 1000, 7200000 );
		if ( ! self::possible() ) {
			throw new Nachtwacht_Failure( 'no-session', 'This host does not allow a database session.' );
		}
		$id     = bin2hex( random_bytes( 16 ) );
		$path   = self::address( $command->site, $id );
		$mask   = umask( 0177 );
		$server = strlen( $path ) <= self::LONGEST && is_dir( dirname( $path ) ) ? @stream_socket_server( 'unix://' . $path ) : false;
		umask( $mask );
		if ( ! is_resource( $server ) ) {
			throw new Nachtwacht_Failure( 'no-session', 'This host does not allow local sockets.' );
		}
		if ( nachtwacht_can( 'ignore_user_abort' ) ) {
			ignore_user_abort( true );
		}
		register_shutdown_function( static function () use ( $path ) {
			if ( file_exists( $path ) ) {
				@unlink( $path );
			}
		} );
		if ( nachtwacht_can( 'set_time_limit' ) ) {
			@set_time_limit( 0 );
		}
		$db = $command->db();
		$db->link->query( 'SET SESSION wait_timeout = 28800' );
		$db->run( 'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ' );
		$db->run( 'START TRANSACTION WITH CONSISTENT SNAPSHOT' );
		$self = new self( $command, $id );
		$command->answer->record( array( 'session' => $id ) );
		// nginx obeys X-Accel-Buffering; others (Apache, LiteSpeed, an unknown front) may hold 64 KiB back before they hand anything on.
		$software = isset( $_SERVER['SERVER_SOFTWARE'] ) && is_string( $_SERVER['SERVER_SOFTWARE'] ) ? $_SERVER['SERVER_SOFTWARE'] : '';
		$command->answer->pad( 0 === stripos( $software, 'nginx' ) ? 0 : 81920 );
		$served = $self->serve( $server, $id, microtime( true ) + self::time_allowed( $wanted ) / 1000, $silence / 1000 );
		fclose( $server );
		@unlink( $path );
		if ( $self->is_ours() ) {
			self::end_any( $command->site );
		}
		@$db->link->rollback();
		return array( 'served' => $served );
	}

	/**
	 * Whether this is the session of the site still.
	 *
	 * @return bool
	 */
	private function is_ours() {
		return null !== $this->mark && Nachtwacht_State::read_guarded( self::file( $this->command->site ) ) === $this->mark;
	}

	/**
	 * Keeps the open request alive, and tells whether anybody wants it. A web server may not see that its client has gone
	 * for hours (Apache holds small output back), so a newer claim, another session and silence end it too.
	 *
	 * @return bool
	 */
	public function goes_on() {
		if ( microtime( true ) - $this->padded >= 1 ) {
			$this->padded = microtime( true );
			$this->command->answer->pad();
			clearstatcache();
			$contact = (int) @filemtime( $this->command->site->folder() . '/claim.php' );
			if ( $contact !== $this->contact ) {
				$this->contact = $contact;
				$this->heard   = $this->padded;
			}
			$this->wanted = ( null === $this->mark || $this->is_ours() ) && ! $this->command->is_overtaken();
		}
		return $this->wanted && 0 === connection_aborted();
	}

	/**
	 * Serves one request after the other until the end.
	 *
	 * @param resource $server  Listening socket.
	 * @param string   $id      Session id.
	 * @param float    $until   When to end.
	 * @param float    $silence Seconds without a sign of the platform after which it ends.
	 * @return int Requests served.
	 */
	private function serve( $server, $id, $until, $silence ) {
		$served = 0;
		$db     = $this->command->db();

		$db->tick = array( $this, 'goes_on' );
		while ( $this->goes_on() && microtime( true ) < min( $until, $this->heard + $silence ) ) {
			$read  = array( $server );
			$write = null;
			$other = null;
			if ( ! @stream_select( $read, $write, $other, 1 ) ) {
				continue;
			}
			$client = @stream_socket_accept( $server, 0 );
			if ( ! is_resource( $client ) ) {
				continue;
			}
			$open = $this->one( $client, $id );
			fclose( $client );
			gc_collect_cycles();
			++$served;
			$this->heard = microtime( true );
			if ( ! $open ) {
				break;
			}
		}
		$db->tick = null;
		return $served;
	}

	/**
	 * Serves one request.
	 *
	 * @param resource $client Socket.
	 * @param string   $id     Session id.
	 * @return bool False when the session was closed.
	 */
	private function one( $client, $id ) {
		stream_set_timeout( $client, 10 );
		$head   = (string) stream_get_contents( $client, 4 );
		$length = 4 === strlen( $head ) ? unpack( 'N', $head )[1] : 0;
		$json   = $length > 0 && $length <= Nachtwacht_Request::MAX_OPEN + 4096 ? (string) stream_get_contents( $client, $length ) : '';
		$asked  = strlen( $json ) === $length ? json_decode( $json, true, 34 ) : null;
		if ( ! is_array( $asked ) || ! isset( $asked['session'], $asked['cmd'], $asked['args'] ) || ! is_string( $asked['session'] ) || ! hash_equals( $id, $asked['session'] ) ) {
			return true;
		}
		$relay = new Nachtwacht_Relay( $client, array( $this, 'goes_on' ) );
		if ( 'db.session.close' === $asked['cmd'] ) {
			$relay->finish( array( 'ok' => true ) );
			return false;
		}
		$end = array( 'ok' => true );
		try {
			$auth = array(
				'claim' => $this->command->claim,
				'nonce' => $this->command->nonce,
			);
			if ( ! is_string( $asked['cmd'] ) || 1 !== preg_match( '/^db\.[a-z]+\z/', $asked['cmd'] ) || ! is_array( $asked['args'] ) ) {
				throw new Nachtwacht_Failure( 'no-such-command', 'A session serves reading commands of the database.' );
			}
			unset( $asked['args']['session'] );
			$inner       = new Nachtwacht_Command( $this->command->site, $this->command->state, $auth, $asked['cmd'], $asked['args'], null );
			$inner->db   = $this->command->db();
			$inner->free = true;
			$end         = array_merge( $end, $inner->run( $relay ) );
		} catch ( Nachtwacht_Failure $failure ) {
			$end = $failure->record();
		} catch ( RuntimeException $gone ) {
			return true;
		}
		try {
			$relay->finish( $end );
		} catch ( RuntimeException $gone ) {
			return true;
		}
		return true;
	}

	/**
	 * Command `db.session.close`.
	 *
	 * @param Nachtwacht_Command $command The command.
	 * @throws Nachtwacht_Failure Always: with its argument `session` it goes to the session; without, it is wrong.
	 */
	public static function close( Nachtwacht_Command $command ) {
		throw Nachtwacht_Args::bad( 'session', 'the id of an open session' );
	}
}
