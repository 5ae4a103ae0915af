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
 * its name does not tell the session id, and nobody is served without the id.
 */
final class Nachtwacht_Session {
	const LONGEST = 100;

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
		$wanted = $command->args->int( 'max_ms', 600000, 1000, 7200000 );
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
		$command->answer->record( array( 'session' => $id ) );
		// nginx obeys X-Accel-Buffering; others (Apache, LiteSpeed, an unknown front) may hold 64 KiB back before they hand anything on.
		$software = isset( $_SERVER['SERVER_SOFTWARE'] ) && is_string( $_SERVER['SERVER_SOFTWARE'] ) ? $_SERVER['SERVER_SOFTWARE'] : '';
		$command->answer->pad( 0 === stripos( $software, 'nginx' ) ? 0 : 81920 );
		$served = self::serve( $command, $server, $id, microtime( true ) + self::time_allowed( $wanted ) / 1000 );
		fclose( $server );
		@unlink( $path );
		$db->link->rollback();
		return array( 'served' => $served );
	}

	/**
	 * Serves one request after the other until the end.
	 *
	 * @param Nachtwacht_Command $command The command that stays open.
	 * @param resource           $server  Listening socket.
	 * @param string             $id      Session id.
	 * @param float              $until   When to end.
	 * @return int Requests served.
	 */
	private static function serve( Nachtwacht_Command $command, $server, $id, $until ) {
		$served = 0;
		$padded = microtime( true );
		$tick   = static function () use ( $command, &$padded ) {
			if ( microtime( true ) - $padded >= 1 ) {
				$padded = microtime( true );
				$command->answer->pad();
			}
			return 0 === connection_aborted();
		};

		$command->db()->tick = $tick;
		while ( microtime( true ) < $until && $tick() ) {
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
			$goes_on = self::one( $command, $client, $id, $tick );
			fclose( $client );
			gc_collect_cycles();
			++$served;
			if ( ! $goes_on ) {
				break;
			}
		}
		$command->db()->tick = null;
		return $served;
	}

	/**
	 * Serves one request.
	 *
	 * @param Nachtwacht_Command $command The command that stays open.
	 * @param resource           $client  Socket.
	 * @param string             $id      Session id.
	 * @param callable           $tick    Keeps the open request alive.
	 * @return bool False when the session was closed.
	 */
	private static function one( Nachtwacht_Command $command, $client, $id, callable $tick ) {
		stream_set_timeout( $client, 10 );
		$head   = (string) stream_get_contents( $client, 4 );
		$length = 4 === strlen( $head ) ? unpack( 'N', $head )[1] : 0;
		$json   = $length > 0 && $length <= Nachtwacht_Request::MAX_OPEN + 4096 ? (string) stream_get_contents( $client, $length ) : '';
		$asked  = strlen( $json ) === $length ? json_decode( $json, true, 34 ) : null;
		if ( ! is_array( $asked ) || ! isset( $asked['session'], $asked['cmd'], $asked['args'] ) || ! is_string( $asked['session'] ) || ! hash_equals( $id, $asked['session'] ) ) {
			return true;
		}
		$relay = new Nachtwacht_Relay( $client, $tick );
		if ( 'db.session.close' === $asked['cmd'] ) {
			$relay->finish( array( 'ok' => true ) );
			return false;
		}
		$end = array( 'ok' => true );
		try {
			$auth = array(
				'claim' => $command->claim,
				'nonce' => $command->nonce,
			);
			if ( ! is_string( $asked['cmd'] ) || 1 !== preg_match( '/^db\.[a-z]+\z/', $asked['cmd'] ) || ! is_array( $asked['args'] ) ) {
				throw new Nachtwacht_Failure( 'no-such-command', 'A session serves reading commands of the database.' );
			}
			unset( $asked['args']['session'] );
			$inner       = new Nachtwacht_Command( $command->site, $command->state, $auth, $asked['cmd'], $asked['args'], null );
			$inner->db   = $command->db();
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
